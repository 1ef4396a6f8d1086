"""The grader's side: starts and ends workers, asks them, reads what they answer."""
