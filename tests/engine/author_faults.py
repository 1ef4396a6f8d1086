"""What can an author get wrong? A table: file, old text, new text, what is told."""

from tests.support.author_checked import NOTEBOOK, TOY

# It asks for another question's answer where that is written.
ENTANGLED = """
from autograder.student.questions import probe

@probe
def back(lib, grad, x, by):
    try:
        twice = lib.toy.scale(grad, by)
    except NotImplementedError:
        twice = grad * by
    yield "output", lib.toy.scale_backward(grad, by)
    yield "twice", twice
"""
# What is planted: a file, old text, new text; and what the one line must say.
PLANTED = {
    "a doubled gradient": (
        "mytorch/toy.py",
        "np.asarray(grad * by)",
        "np.asarray(2 * grad * by)",
        "is not the slope of scale",
    ),
    "a mistake equal to the reference": (
        TOY + "mistakes.py",
        '"x / by"',
        '"by * x"',
        "equal to the reference",
    ),
    "a mistake that costs nothing": (
        TOY + "mistakes.py",
        '"x / by"',
        '"x * by if len(x) != 2 else x"',
        "costs nothing",
    ),
    "two mistakes that no case tells apart": (
        TOY + "mistakes.py",
        'scale("is div',
        'scale("is smaller", ("x * by", "x / by"))\nscale("is div',
        "no case tells it from",
    ),
    "an old text that is not there": (
        TOY + "mistakes.py",
        '("x * by"',
        '("x + by"',
        "'x + by' stands not in the solution",
    ),
    "forgotten markers": (
        "mytorch/toy.py",
        "    ### BEGIN SOLUTION\n    return np.asarray(x * by)\n    ### END SOLUTION\n",
        "    return np.asarray(x * by)\n",
        "no ### BEGIN SOLUTION",
    ),
    "half a marker": (
        "mytorch/toy.py",
        "    ### END SOLUTION\n\n\ndef",
        "\n\ndef",
        "has no partner",
    ),
    "a misspelt question in hidden.py": (
        TOY + "hidden.py",
        'case("scale", "five',
        'case("scael", "five',
        "there is no question 'scael'",
    ),
    "a misspelt question in mistakes.py": (
        TOY + "mistakes.py",
        'mistakes("scale")',
        'mistakes("scael")',
        "there is no question 'scael'",
    ),
    "a misspelt probe": (
        TOY + "visible.py",
        "by=3.0",
        'by=3.0, probe="scael"',
        "there is no probe 'scael'",
    ),
    "a misspelt target": (
        TOY + "questions.py",
        'toy.scale"',
        'toy.scael"',
        "the target toy.scael is not in",
    ),
    "a misspelt target of a probe": (
        TOY + "probes.py",
        'toy.scale"',
        'toy.scael"',
        "its probe asks for toy.scael",
    ),
    "a question without a hidden case": (
        TOY + "hidden.py",
        "CASES = (",
        "CASES = ()\nREST = (",
        "has no hidden case",
    ),
    "a question without a visible case": (
        TOY + "visible.py",
        "CASES = (",
        "CASES = ()\nREST = (",
        "has no visible case",
    ),
    "two cases about the same": (
        TOY + "hidden.py",
        '"a batch of one"',
        '"five rows"',
        "are about 'five rows'",
    ),
    "an output that comes twice": (
        TOY + "probes.py",
        'same="x"',
        'same="x", see="x"',
        "yields 'x' twice",
    ),
    "an odd name of an output": (
        TOY + "probes.py",
        'same="x"',
        'same="x", output="größe"',
        "the name of an output is ASCII",
    ),
    "a stale frozen file": (
        TOY + "visible.py",
        "by=3.0",
        "by=4.0",
        "run autograder freeze toy",
    ),
    "another check's text": (
        NOTEBOOK,
        'check(\\"scale\\")',
        'check(\\"scael\\")',
        'expected check("scale")',
    ),
    "points that do not sum": (
        NOTEBOOK,
        '"points": 50',
        '"points": 40',
        "add up to 80, not 100",
    ),
    "randomness of its own": (
        "mytorch/toy.py",
        "np.asarray(x * by)",
        "np.asarray(x * by) * np.random.default_rng().normal()",
        "differs from run to run",
    ),
    "text where numbers were meant": (
        TOY + "visible.py",
        "by=3.0",
        'by="3.0"',
        "is text that reads as numbers",
    ),
    "infinity": (
        "mytorch/toy.py",
        "np.asarray(x * by)",
        "np.asarray(x * by) / np.zeros(1)",
        "infinity for 'output'",
    ),
    "a draw in a visible case": (
        TOY + "visible.py",
        "by=3.0",
        "by=lambda rng: 3.0",
        "gives its inputs",
    ),
    "an answer that needs another one": (
        "mytorch/toy.py",
        "    ### BEGIN SOLUTION\n    return np.asarray(grad",
        "    ### BEGIN SOLUTION\n    scale(grad, by)\n    return np.asarray(grad",
        "needs the solution of another question",
    ),
    "a mistake that costs another question": (
        TOY + "probes.py",
        'back = ask("toy.scale_backward", args=("grad", "by"), same=("grad", "x"))',
        ENTANGLED,
        "costs other questions too: back",
    ),
    "a mistake that does not load": (
        TOY + "mistakes.py",
        'scale("is div',
        'scale("is nowhere", whole="@nowhere\\ndef scale(x, by): pass")\nscale("is div',
        "with it the module does not load: NameError",
    ),
    "an input that no probe reads": (
        TOY + "hidden.py",
        "x=both_signs(1, 3), by=",
        "x=both_signs(1, 3), bias=1.0, by=",
        "no probe reads the input 'bias': it reads",
    ),
    "a name in a probe that nothing has": (
        TOY + "probes.py",
        'same="x"',
        'same="xx"',
        "'xx' in same is no input and no output of its cases: is it misspelt?",
    ),
    "a rule for an output that never comes": (
        TOY + "probes.py",
        'same="x"',
        'same="x", flat={"outputt": 0}',
        "'outputt' in flat or zero is no input and no output",
    ),
    "axes of nothing": (
        TOY + "probes.py",
        '"output": "N I"',
        '"outputt": "N I"',
        "'outputt' in axes is no input and no output",
    ),
    "slopes that no case has": (
        TOY + "right.py",
        '{"x": "output"}',
        '{"x": "grad_x"}',
        "SLOPES of back: no case has an input 'x' and an output 'grad_x'",
    ),
    "slopes of what a case gives too little for": (
        TOY + "right.py",
        '("back", "scale"',
        '("scale", "back"',
        "back cannot be asked in 'the example in the notebook' (",
    ),
    "a graded cell without grade_id": (
        NOTEBOOK,
        '"grade_id": "back", ',
        "",
        "is graded and has no grade_id: set it in its metadata",
    ),
    "a question without a cell": (
        NOTEBOOK,
        '"grade_id": "back"',
        '"grade_id": "backk"',
        "'back' has no graded cell: add a code cell",
    ),
    "two cells of one id": (
        NOTEBOOK,
        '"id": "back-check"',
        '"id": "scale"',
        "2 cells have the id 'scale'",
    ),
    "a cell that is not locked": (
        NOTEBOOK,
        '"locked": true',
        '"locked": false',
        "is graded and not locked",
    ),
    "points as text": (
        NOTEBOOK,
        '"points": 50',
        '"points": "50"',
        "points must be a number, got '50'",
    ),
    "no notebook": (NOTEBOOK, '"cells"', '"cells_"', "cannot be read as a notebook"),
    "a heading that is not there": (
        TOY + "questions.py",
        '"Question 1"',
        '"Question 7"',
        "no heading says 'Question 7'",
    ),
    "one grade_id twice": (
        NOTEBOOK,
        '"grade_id": "back"',
        '"grade_id": "scale"',
        "2 cells have the grade_id 'scale'",
    ),
    "a module to bring that is not there": (
        NOTEBOOK,
        "from autograder import attempt, check",
        "bring('mlp', 'nm')",
        "there is no mytorch/nm.py to bring",
    ),
    "after a question that is not there": (
        TOY + "questions.py",
        '"Question 1")',
        '"Question 1", after=("backk",))',
        "after: there is no question 'backk'",
    ),
    "a rubric of other points": (
        TOY + "written.md",
        "| 5 |",
        "| 4 |",
        "add up to 4, not 5",
    ),
    "a rubric of another question": (
        TOY + "written.md",
        "`why`",
        "`how`",
        "does not name the written question `why`",
    ),
    "two samples of one worth": (
        TOY + "written.md",
        "**0 points.**",
        "**5 points.**",
        "needs three sample answers",
    ),
    "a right program that loses": (
        TOY + "right.py",
        "by * v for v",
        "by + v for v",
        "is right, but loses scale, visible case",
    ),
    "no right programs": (TOY + "right.py", "RIGHT =", "RIHGT =", "has no RIGHT"),
    "a hidden case equal to the visible one": (
        TOY + "hidden.py",
        "x=both_signs(5, 3), by=uniform(low=1.5, high=4.0)",
        "x=[[1, 2], [3, 5]], by=3.0",
        "has the inputs of the visible case 'the example in the notebook'",
    ),
    "an input without entries": (
        TOY + "hidden.py",
        "both_signs(1, 3)",
        "both_signs(0, 3)",
        "all its outputs are empty",
    ),
    "an array of another type": (
        TOY + "hidden.py",
        "x=both_signs(1, 3)",
        'x=lambda rng: rng.normal(size=(1, 3)).astype("f4")',
        "the input 'x' is an array of float32: give numbers as float64",
    ),
    "a draw that fails": (
        TOY + "hidden.py",
        "x=both_signs(1, 3)",
        "x=lambda rng: rgn.normal(size=(1, 3))",
        "tests/toy/hidden.py line",
    ),
    "a mistake that never gets to an answer": (
        TOY + "mistakes.py",
        '"x / by"',
        '"x / bye"',
        "never gets to an answer in any case: NameError",
    ),
    "a long sentence": (
        TOY + "mistakes.py",
        "the formula multiplies",
        "the formula multiplies " + 9 * "and so on ",
        "letters, 90 at most",
    ),
    "a sentence that ends": (
        TOY + "mistakes.py",
        "the formula multiplies",
        "the formula multiplies.",
        "without a full stop",
    ),
    "a solution that no one asks for": (
        "mytorch/toy.py",
        "def scale(",
        "def half(x: Array) -> Array:\n    ### BEGIN SOLUTION\n    return x / 2\n"
        "    ### END SOLUTION\n\n\ndef scale(",
        "no question asks for this solution",
    ),
    "an import of what students do not have": (
        "mytorch/toy.py",
        "import numpy as np\n",
        "import numpy as np\nimport scipy\n",
        "imports scipy: numpy is all that it may import",
    ),
    "a module that is not there": (
        TOY + "questions.py",
        'MODULES = ("toy",)',
        'MODULES = "toy"',
        "MODULES in questions.py: expected tuple[str, ...], got 'toy'",
    ),
    "a field that ask does not have": (
        TOY + "probes.py",
        'same="x"',
        'sames="x"',
        "ask() has no field 'sames'",
    ),
    "no Python": (
        TOY + "hidden.py",
        "CASES = (",
        "CASES = ((",
        "tests/toy/hidden.py line 6: does not load: SyntaxError",
    ),
}
PLANTED |= {
    "a misspelt name in a rehearsal": (
        TOY + "probes.py",
        'same=("grad", "x")',
        'same=("grad", "x"), rehearse=("scael", "x", "by")',
        "its rehearsal raises AttributeError: module 'mytorch.toy' has no attribute",
    ),
    "a rehearsal that lacks an input": (
        TOY + "probes.py",
        'same=("grad", "x")',
        'same=("grad", "x"), rehearse=("scale", "x")',
        "its rehearsal raises TypeError: scale() missing 1 required",
    ),
    "empty outputs beside what stays the same": (
        TOY + "hidden.py",
        "grad=both_signs(5, 3)",
        "grad=both_signs(0, 3)",
        "back (a gradient): all its outputs are empty",
    ),
    "one sentence for two mistakes": (
        TOY + "mistakes.py",
        '"x itself was changed: make a new array"',
        '"is divided; the formula multiplies"',
        "2 of scale has this sentence: say .form(...) in each",
    ),
    "a question that waits for a later one": (
        TOY + "questions.py",
        '"Question 1")',
        '"Question 1", after=("back",))',
        "after: 'back' does not come before it",
    ),
    "a mistake that never ends": (
        TOY + "mistakes.py",
        'scale("is div',
        'mistakes("back")("never ends", ("return", "while 1: pass\\nreturn"))\n'
        'scale("is div',
        "'never ends' (back): took more than 0.25 s: does a loop never end?",
    ),
    "None for a case": (
        TOY + "hidden.py",
        "CASES = (",
        "CASES = (\n    None,",
        "CASES in hidden.py, row 1: expected Case, got None",
    ),
    "None for all cases": (
        TOY + "visible.py",
        "CASES = (",
        "CASES = None\nREST = (",
        "CASES in visible.py: expected tuple[Case, ...], got None",
    ),
    "an axis that no output has": (
        TOY + "probes.py",
        'same="x"',
        'same="x", flat={"output": 2}',
        "flat={'output': 2}: 'output' has the shape (2, 2) in",
    ),
    "an axis that has never the length 1": (
        TOY + "probes.py",
        'same="x"',
        'same="x", flat={"output": 1}',
        "flat={'output': 1}: in no case is this axis of 'output' 1 long",
    ),
    "axes for another rank": (
        TOY + "probes.py",
        '"x": "N I"',
        '"x": "N I C"',
        "axes of 'x': \"N I C\" fits no case",
    ),
    "a field of another type": (
        TOY + "probes.py",
        'same="x"',
        "same=5",
        "tests/toy/probes.py line 5: does not load: TypeError: same: expected str",
    ),
    "seconds as text": (
        TOY + "questions.py",
        '"Question 1")',
        '"Question 1", seconds="3")',
        "Question: seconds: expected float | None, got '3'",
    ),
    "one question, and no comma": (
        TOY + "questions.py",
        "QUESTIONS = (",
        'QUESTIONS = (Question("scale", "toy.scale", "Question 1"))\nREST = (',
        "QUESTIONS in questions.py: expected tuple[Question, ...], got Question(",
    ),
    "a judge that says True": (
        TOY + "hidden.py",
        "by=2.0)",
        "by=2.0, judge=lambda inputs, outputs: True)",
        "judge gives True for the reference: expected None for what is right",
    ),
    "a shape that the seed decides": (
        TOY + "hidden.py",
        "x=both_signs(1, 3)",
        "x=lambda rng: rng.normal(size=(rng.integers(1, 9), 3))",
        "another seed draws another shape or type",
    ),
    "a draw that is no function of the seed": (
        TOY + "hidden.py",
        "x=both_signs(1, 3)",
        "x=lambda rng: [[hash(object()), 1.0]]",
        "the same seed draws other numbers",
    ),
    "a picture that is not there": (
        NOTEBOOK,
        '"source": "## Question 2"',
        '"source": "## Question 2\\n\\n![One curve that goes up.](images/up.png)"',
        "there is no source/toy/images/up.png",
    ),
    "a picture without words": (
        NOTEBOOK,
        '"source": "## Question 2"',
        '"source": "## Question 2\\n\\n![](images/up.png)"',
        "say in the alt text what images/up.png shows",
    ),
    "a link to a file that is not there": (
        NOTEBOOK,
        '"source": "## Question 2"',
        '"source": "## Question 2\\n\\nSee [the file](mytorch/nope.py)."',
        "its link to mytorch/nope.py leads nowhere",
    ),
    "a code cell that is no Python": (
        NOTEBOOK,
        "import numpy as np",
        "import numpy sa np",
        "cell start: is no Python: invalid syntax",
    ),
    "a right program that is none": (
        TOY + "right.py",
        "RIGHT = [",
        "RIGHT = [\n    3,",
        "RIGHT in right.py: expected Right(",
    ),
}
# The same for `autograder freeze`, with the whole of what is told.
FROZEN_OUT = {
    "an old text that is not there": (
        TOY + "mistakes.py",
        '("x * by"',
        '("x + by"',
        "autograder: tests/toy/mistakes.py, 'is divided; the formula multiplies': "
        "'x + by' stands not in the solution of scale\n",
    ),
    "a name that is not there": (
        TOY + "hidden.py",
        "both_signs(1, 3)",
        "both_sings(1, 3)",
        "autograder: tests/toy/hidden.py line 9: does not load: NameError: "
        "name 'both_sings' is not defined\n",
    ),
    "an option that there is not": (
        TOY + "mistakes.py",
        '("x * by", "x / by")',
        '("x * by", "x / by"), where="toy"',
        "autograder: tests/toy/mistakes.py line 6: does not load: TypeError: "
        "Mistakes.__call__() got an unexpected keyword argument 'where'\n",
    ),
}
