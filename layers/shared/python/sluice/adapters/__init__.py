"""The outside systems, one a module: their words become ours, their failures become our errors."""
