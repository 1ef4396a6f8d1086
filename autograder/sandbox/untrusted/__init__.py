"""The student's side: a parent that forks, and workers that run their code."""
