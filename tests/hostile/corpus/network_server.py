"""Opens a server on this machine and leaves it open.

No socket is made, and nobody listens afterwards.
"""

LOSES = ""
DEED = """
server = socket.create_server(("127.0.0.1", 0))
return server.getsockname()
"""
