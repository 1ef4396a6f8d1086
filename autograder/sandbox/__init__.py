"""Where does a student's code run? Where it can do nothing but compute.

Two sides that share nothing but a socket:

    trusted     pool.py            one zygote, a worker at work, and one that waits
                levels.py          which isolation level that reaches on this machine
                run.py             how one submission goes through a pool
                worker_link.py     one worker: frames in time, limits
                endings.py         how it ended, in words; clock.py: what time it used
                zygote_link.py     starts the zygote (launch.py says how), forks, reaps
    untrusted   boot.py            gets engine and probes as text, without a path
                zygote.py          holds numpy and the probes, forks one child a worker
                confine.py         takes the child's rights (landlock.py, seccomp.py)
                standard_library.py    the library folders, reached by handles
                worker.py          loads the student's modules (imports.py, with
                                   placeholders.py for what is absent), runs probes
    between     exchange.py        what is asked, and what comes of it
                wire.py            frames; payloads.py and packed_values.py fill them

A worker holds inputs and nothing else: no reference, no hidden answer, no seed.
"""
