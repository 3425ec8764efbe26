"""`make bench`: what a request, a cold start and a video cost, beside a plain way of doing the same."""
