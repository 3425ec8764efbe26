"""What can be done: one verb a module. The clock, ids and every outside system are passed in."""
