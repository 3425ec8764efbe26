"""The whole of Sluice on one machine: engine, deployment of the real template, and one front door.

Run as ``python -m local run|token|reset|logs``; docs in ``docs/local.md``.
"""
