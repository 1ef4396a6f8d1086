"""What runs on the grader's side? The pool, which asks workers and reads answers."""
