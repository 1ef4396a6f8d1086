"""The questions of the assignment rnn."""
