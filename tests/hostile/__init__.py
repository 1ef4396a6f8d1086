"""Hostile submissions, one file each: what it tries, and what must happen.

A file has a docstring, the question ids that the submission must lose (`LOSES`:
"all", "", or some), what must stand in the reason of each (`REASON`), and one of

    DEED    a function's body. It is tried while nn.py is imported and again inside
            Linear.forward, on top of the reference. If it returns something true,
            it got through, and linear_forward is lost; if it is refused, the right
            answers count.
    INSIDE  the same inside Linear.forward alone: for deeds that end the process
    NN      more of nn.py, after the reference (`BASE = "stub"`: after the stubs)
    plant   a function that spoils a folder in which the reference was handed in

Deeds know more than any student: see `constants` in harness/world.py. They are
bounded, so that trying them without any layer harms nobody.

`python -m tests.hostile` tries each with layers taken away and writes
docs/isolation.md.
"""
