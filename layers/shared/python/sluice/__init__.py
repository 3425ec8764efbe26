"""Sluice: the video backend that a frontend team deploys into its own AWS account."""

__version__ = "0.1.0"
