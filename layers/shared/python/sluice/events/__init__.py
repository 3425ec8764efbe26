"""The events that Sluice publishes: frozen contracts, named in the past tense, resource first."""
