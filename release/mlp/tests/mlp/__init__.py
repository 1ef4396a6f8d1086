"""The questions of the assignment mlp."""
