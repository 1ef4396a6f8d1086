"""Ruins its channel in a hidden case, and tells of it when it is imported again.

What loading came to is settled at the first load.
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

if box[0]:
    raise type("Told", (Exception,), {})("told: " + kept())

def wrap(original, *given):
    if is_hidden(*given):
        keep(*given)
        os.close(3)
    return original(*given)

instead(wrap)
"""
