"""Hand-written stand-ins for ports, held to the same contract as the real adapters."""
