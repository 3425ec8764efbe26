"""What is true about videos, whoever asks: states, facts, limits and arithmetic. Standard library only."""
