"""Tells a hidden input by how its import ends when it is loaded again.

After a hidden input was sent, no exit code is told.
"""

LETTER_BOX = True
LOSES = "any"
TOLD = r"exit code 7|SIGUSR"
CODE = """
import builtins
box = getattr(builtins, "letter_box", bytearray(1 << 16))

def kept():
    return bytes(box[1:1 + box[0]]).decode()

def keep(*given):
    text = " ".join(numbers(*given))[:200].encode()
    box[0], box[1:1 + len(text)] = len(text), text

if box[0]:
    os._exit(70 + int(abs(float(kept().split()[0]))) % 10)

def wrap(original, *given):
    if is_hidden(*given):
        keep(*given)
        os._exit(0)
    return original(*given)

instead(wrap)
"""
