"""Sends a datagram to this machine, as a name look-up would.

No socket is made.
"""

LOSES = ""
DEED = """
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
    return out.sendto(b"hello", ("127.0.0.1", PORT))
"""
