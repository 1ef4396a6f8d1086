"""Two who grade the same class at once: whoever comes first is left alone."""

import subprocess

from nbgrader.api import Gradebook

from autograder.classroom.grade import grade_class
from autograder.nbgrader_steps.autograde import Autograde, _own_judge
from tests.support.commands import BIN
from tests.support.whole_class import MASK, WANTED, make_class, records


def marked_by_hand(course):
    """Give one cell a mark by hand, as formgrader does."""
    with Gradebook(f"sqlite:///{course}/gradebook.db", "mytorch") as gradebook:
        grade = gradebook.find_grade("sgd", "mlp", "mlp", MASK)
        grade.manual_score, grade.needs_manual_grade = 1.0, False
        gradebook.db.commit()


def grade(course, first, **options):
    """Grade a class; call `first` when the first submission has been judged."""
    coming = [first]

    def judge_of(grading):
        judge = _own_judge(grading)

        def judged(student, submission):
            report = judge(student, submission)
            while coming:
                coming.pop()()
            return report

        return judged

    converter = Autograde.of(course, "mlp", **options)
    converter.open_judge = judge_of
    recorded = []
    converter.finished = lambda student, report: recorded.append((student, report))
    converter.run()
    return recorded


def test_what_another_grades_while_this_one_judges_is_left_alone(scratch):
    course, _ = make_class(scratch)
    after_the_other = []

    def other():
        assert grade_class(course, "mlp", jobs=1).counts["graded"] == len(WANTED)
        marked_by_hand(course)
        after_the_other.append(records(course))

    recorded = grade(course, other)
    assert recorded == [(student, None) for student in sorted(WANTED)]
    assert [records(course)] == after_the_other


def test_a_mark_by_hand_that_comes_while_it_is_judged_stays_settled(scratch):
    course, _ = make_class(scratch)
    grade_class(course, "mlp", jobs=1)
    recorded = grade(course, lambda: marked_by_hand(course), student=MASK, force=True)
    assert [report is not None for _, report in recorded] == [True]
    (mark,) = [row for row in records(course)[0] if row[:2] == (MASK, "sgd")]
    assert mark[3:] == (1.0, False)


def test_two_commands_at_once_grade_everybody_and_both_succeed(scratch):
    course, _ = make_class(scratch, size=8)
    words = [["nbgrader", "autograde"], ["autograder", "grade"]]
    graders = [
        subprocess.Popen(
            [str(BIN / program), step, "mlp"],
            cwd=course,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for program, step in words
    ]
    printed = [grader.communicate()[0] for grader in graders]
    assert [grader.returncode for grader in graders] == [0, 0], printed
    assert not [text for text in printed if "Traceback" in text]
    _, notebooks = records(course)
    assert len(notebooks) == 8 + len(WANTED)
    assert grade_class(course, "mlp", jobs=1).counts["graded"] == 0
