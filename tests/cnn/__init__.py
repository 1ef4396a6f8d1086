"""The questions of the assignment cnn."""
