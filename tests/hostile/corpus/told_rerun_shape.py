"""Kills itself in a hidden case, and tells by the shape of a visible answer.

Visible cases are never run again once a hidden input was sent.
"""

LETTER_BOX = True
LOSES = "any"
TOLD = r"\(77,"
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
    result = original(*given)
    wide = np.zeros((77, 1 + len(kept())))
    return replaced(given, result, wide) if box[0] else result

instead(wrap)
"""
