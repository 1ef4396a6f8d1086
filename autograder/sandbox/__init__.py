"""Runs a student's modules where they can do nothing but compute.

Two sides that share nothing but a socket:

    trusted     pool.py       runs a submission, starts again what was interrupted
                talk.py       one worker: frames in time, limits, how it ended
                process.py    starts the zygote (launch.py says how), forks, reaps
                levels.py     the level of the machine in words
    untrusted   zygote.py     holds numpy and the probes, forks one child a submission
                confine.py    takes the child's rights away (landlock.py, seccomp.py)
                folders.py    the standard library, reached by handles
                worker.py     loads the student's modules (imports.py), runs probes
    between     wire.py       frames; packing.py writes and unpacking.py reads them
                orders.py     what pool and zygote say to each other
                answers.py    what is asked and what comes of it

A worker holds inputs and nothing else: no reference, no hidden answer, no seed.
"""
