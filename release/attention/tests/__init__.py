"""The questions of each assignment, and in the course the project's own tests."""
