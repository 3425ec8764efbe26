"""What the operator reads: one short line a step, sentences for failures."""

import sys


def say(what: str, words: str) -> None:
    """A step: ``engine    started in 0.6 s``."""
    print(f"{what:<9} {words}", flush=True)


def announce(line: str) -> None:
    """A line of its own, for programs that wait for it."""
    print(line, flush=True)


def complain(sentence: str) -> None:
    """A failure, on standard error."""
    print(sentence, file=sys.stderr, flush=True)
