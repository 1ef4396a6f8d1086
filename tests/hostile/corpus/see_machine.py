"""Asks how much memory is free, how busy the machine is and how many processes run.

One worker could tell another one something that way. The call is refused.
"""

LOSES = ""
DEED = """
told = ctypes.create_string_buffer(256)
return ctypes.CDLL(None).sysinfo(told) == 0
"""
