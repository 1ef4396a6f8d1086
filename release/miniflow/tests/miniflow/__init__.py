"""The questions of the assignment miniflow."""
