"""The AWS engine (ministack) as a child process of the local stack, with what it gets wrong put right.

``supervisor`` starts and ends it, ``server`` is what runs in the child, ``patches`` are the corrections.
"""
