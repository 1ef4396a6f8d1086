"""Runs a student's modules where they can do nothing but compute.

Two sides that share nothing but a socket:

    trusted     pool.py       asks questions, collects answers, keeps the limits
                process.py    starts the zygote (launch.py says how), forks, reaps
    untrusted   zygote.py     holds numpy and the probes, forks one child a submission
                confine.py    takes the child's rights away (landlock.py, seccomp.py)
                worker.py     loads the student's modules (imports.py), runs probes

wire.py is what they say to each other and answers.py what comes of it. A worker
holds inputs and nothing else: no reference, no hidden answer, no seed.
"""
