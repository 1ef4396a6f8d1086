"""Connects to a server on this machine, by IPv4 and IPv6.

No socket is made.
"""

LOSES = ""
DEED = """
with socket.create_connection(("127.0.0.1", PORT), timeout=1) as connection:
    return connection.send(b"hello")
"""
