"""What the tests of hostile submissions are made of.

attack.py  one file of tests/hostile, and the submission that it makes
world.py   a scratch course with secrets, and whatever an attack could harm
trial.py   one attack through a grader: what went wrong
layers.py  a grader with layers taken away
house.py   a Python that any user of the machine may run
pages.py   whatever has ever run in a browser, as notebook cells
"""
