"""Who gets a page back through the exchange?

Those who handed in through it, by a secret of their own, unless the mark is held back.
"""

from __future__ import annotations

from pathlib import Path

from nbgrader.exchange.default import ExchangeReleaseFeedback

from autograder.judging.handed_in import SECRET, STAMP
from autograder.nbgrader_steps.course_folder import chosen_students, place
from autograder.nbgrader_steps.hold import held_back


class ReleaseFeedback(ExchangeReleaseFeedback):
    """nbgrader's, but who did not hand in through the exchange stops nobody else."""

    def copy_files(self) -> None:
        """Release the pages of each student who has a place in the exchange."""
        step = self.coursedir.feedback_directory
        held = held_back(Path(self.coursedir.root), self.coursedir.assignment_id)
        for student in chosen_students(self.coursedir, step):
            folder = place(self.coursedir, step, student)
            missing = [n for n in (STAMP, SECRET) if not (folder / n).is_file()]
            if student in held:
                why = "the mark is held back"
            elif missing:
                why = f"{missing[0]} is missing: not handed in through the exchange"
            else:
                self.src_path = str(folder)
                super().copy_files()
                continue
            self.log.warning("%s: no page is released, for %s", student, why)
