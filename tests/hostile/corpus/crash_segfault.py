"""Reads address 0.

The question is lost and the crash is named.
"""

LOSES = "linear_forward"
REASON = "crashed the interpreter (SIGSEGV)"
INSIDE = """
import faulthandler
faulthandler.disable()
ctypes.string_at(0)
"""
