"""Stubs whose answers claim the class numpy.ndarray, and replace `type` itself.

Types are looked at by identity in the worker, and again by the judge, who gets bytes.
"""

LOSES = "all"
BASE = "stub"
CODE = r"""
import builtins

class Claim:
    __class__ = np.ndarray
    dtype, shape, ndim, size = np.dtype(float), (5, 3), 2, 15
    __array__ = lambda self, *_, **__: np.zeros((5, 3))
    tobytes = lambda self: b"\0" * 120

builtins.type = lambda value: np.ndarray
builtins.isinstance = lambda value, kind: True
everywhere(lambda *_: Claim())
"""
