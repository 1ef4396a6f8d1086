"""What can be typed after `autograder`? One file for each subject.

Each has `add(commands)`, which adds its parsers; cli.py finds the files by their
names. What a command needs is imported when it runs, so that help is quick.
"""

import argparse
from typing import TypeAlias

# argparse has no public name for what `add_subparsers` returns.
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
