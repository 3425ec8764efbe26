"""Both providers on a bad day, at length, on a local stack of its own."""
