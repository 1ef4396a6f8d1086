"""What becomes of a class? Graded at once, counted, and shown on a page."""
