"""What does being late cost? A plugin for nbgrader's AssignLatePenalties.

In nbgrader_config.py, for instance:

    c.LatePenalty.percent_per_day = 10
    c.LatePenalty.grace_minutes = 15
    c.LatePenalty.most_percent = 50
"""

from __future__ import annotations

import math

from nbgrader.plugins import BasePlugin
from traitlets import Float, Integer

DAY = 24 * 60 * 60


class LatePenalty(BasePlugin):
    """Takes a share of the score for each day begun, after a grace period, up to a cap.

    As shipped it takes nothing: how lateness counts is the instructor's to say.
    """

    percent_per_day = Float(
        0.0, min=0.0, help="Percent of the score that each day begun costs."
    ).tag(config=True)
    grace_minutes = Integer(
        0, min=0, help="So many minutes late cost nothing; they then count as late."
    ).tag(config=True)
    most_percent = Float(
        100.0, min=0.0, max=100.0, help="No more percent of the score than this."
    ).tag(config=True)

    def late_submission_penalty(
        self, student_id: str, score: float, total_seconds_late: float
    ) -> float | None:
        """Return the points to take off, None for none; nbgrader calls this."""
        if total_seconds_late <= 60 * self.grace_minutes:
            return None
        days = math.ceil(total_seconds_late / DAY)
        percent = min(self.most_percent, self.percent_per_day * days)
        return round(score * percent / 100, 2) or None
