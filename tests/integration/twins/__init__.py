"""The twins, held against the facts of the providers and against the providers' own public clients."""
