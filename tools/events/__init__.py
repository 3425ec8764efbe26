"""What consumers of our events may rely on, written down from ``sluice/events``."""
