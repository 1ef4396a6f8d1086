"""Loads a shared library that is not loaded yet, with code of its own.

Nothing more can be mapped as executable.
"""

LOSES = ""
DEED = """
return ctypes.CDLL("libanl.so.1")
"""
