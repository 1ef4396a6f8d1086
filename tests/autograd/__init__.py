"""The questions of the assignment autograd."""
