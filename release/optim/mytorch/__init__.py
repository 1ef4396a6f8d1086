"""A small PyTorch in numpy: the library that the students of this course build."""
