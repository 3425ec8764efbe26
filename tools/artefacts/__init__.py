"""From the sources to what is deployed: built by SAM, pruned, byte-compiled, and imported once to see."""
