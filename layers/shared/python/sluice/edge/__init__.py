"""Where requests and messages come in: settings, composition, identity, errors, logging."""
