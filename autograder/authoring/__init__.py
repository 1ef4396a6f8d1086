"""What helps those who write an assignment? A skeleton, and a check of the whole."""
