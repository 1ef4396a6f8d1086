"""The questions of the assignment attention."""
