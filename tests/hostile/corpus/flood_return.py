"""Answers with 128 MB.

It is never sent: an array so large is no answer. That question alone is lost.
"""

LOSES = "one"
REASON = "far larger"
CODE = """
answer_with(np.zeros((4000, 4000)))
"""
