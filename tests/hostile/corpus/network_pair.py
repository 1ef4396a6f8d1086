"""Makes pairs of sockets and pipes, to hide a second channel.

None is made.
"""

LOSES = ""
DEED = """
done = []
for make in (socket.socketpair, os.pipe, os.openpty, lambda: os.eventfd(0)):
    try:
        done.append(make())
    except OSError:
        continue
return done
"""
