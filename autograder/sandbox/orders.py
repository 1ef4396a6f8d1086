"""What a pool tells its zygote, and the zygote answers, over the control socket."""

from __future__ import annotations

import struct

# pool -> zygote: what to do, with which process, the id of its first frame
COMMAND = struct.Struct("<Bi16s")
FORK, REAP, KILL = 1, 2, 3

# zygote -> pool: the new process id, or the wait status of the old one
REPLY = struct.Struct("<i")
ENDED_BY_ZYGOTE = 1 << 16  # in a wait status: it had to be killed
