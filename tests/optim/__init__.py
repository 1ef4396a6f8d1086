"""The questions of the assignment optim."""
