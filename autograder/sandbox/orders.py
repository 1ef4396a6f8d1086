"""What a pool tells its zygote, and the zygote answers, over the control socket."""

from __future__ import annotations

import struct

# pool -> zygote: what to do, with the worker of which first id.
COMMAND = struct.Struct("<B16s")
# FORK and DROP are not answered: the new worker shows itself by its first frame.
FORK, REAP, KILL, DROP = 1, 2, 3, 4

# zygote -> pool: at the start its process id, later the wait status of a worker
REPLY = struct.Struct("<i")
# In a wait status: it had to be killed; it was rehearsing when it ended.
ENDED_BY_ZYGOTE, REHEARSING = 1 << 16, 1 << 17
