"""Answers with an object whose type has a name made of HTML.

It is text in the report, and nothing else.
"""

LOSES = "one"
CODE = r"""
Evil = type("<svg onload=canary()>\u202e", (), {})
answer_with(Evil())
"""
