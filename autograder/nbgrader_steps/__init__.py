"""What do we put into nbgrader? The only room that imports it."""
