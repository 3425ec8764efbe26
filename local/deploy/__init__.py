"""Puts the template's stack and the functions' code into the engine."""
