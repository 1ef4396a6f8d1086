"""Reads address 0.

The question is lost and the crash is named.
"""

LOSES = "one"
REASON = "crashed the interpreter (SIGSEGV)"
INSIDE = """
import faulthandler
faulthandler.disable()
ctypes.string_at(0)
"""
