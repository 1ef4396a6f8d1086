"""Kills itself in a hidden case, as if from outside, and tells when it is run again.

Visible cases are never run again once a hidden input was sent.
"""

LETTER_BOX = True
LOSES = "any"
TOLD = r"told:"
CODE = """
import builtins
box = getattr(builtins, "letter_box", bytearray(1 << 16))

def kept():
    return bytes(box[1:1 + box[0]]).decode()

def keep(*given):
    text = " ".join(numbers(*given))[:200].encode()
    box[0], box[1:1 + len(text)] = len(text), text

def wrap(original, *given):
    if is_hidden(*given) and not box[0]:
        keep(*given)
        os.kill(os.getpid(), 9)
    if box[0]:
        raise ValueError("told: " + kept())
    return original(*given)

instead(wrap)
"""
