"""Replaces builtins: all is true, all is equal, every number is 10.

The judge has builtins of its own: all is lost.
"""

LOSES = "all"
BASE = "stub"
CODE = """
import builtins

builtins.all = builtins.any = builtins.isinstance = lambda *_: True
builtins.float = builtins.abs = builtins.sum = builtins.round = lambda *_: 10.0
builtins.NotImplementedError = None
everywhere(lambda *_: 10.0)
"""
