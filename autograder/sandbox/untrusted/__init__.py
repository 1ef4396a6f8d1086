"""What runs on the student's side? A parent that forks, and its workers."""
