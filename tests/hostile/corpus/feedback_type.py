"""Answers with an object whose type has a name made of HTML.

It is text in the report, and nothing else.
"""

LOSES = "linear_forward"
NN = r"""
Evil = type("<svg onload=canary()>\u202e", (), {})
Linear.forward = lambda self, x: Evil()
"""
