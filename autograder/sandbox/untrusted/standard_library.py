"""How are the library folders reached: by open handles in place of their paths?

A worker may be a user who has no access to Python's folders: they may be in a home
directory that only its owner can enter. A handle opened before the change of user
still works, as /proc/self/fd/N, so `sys.path` and the `__path__` of every loaded
package are rewritten to handles, on every machine. Extension modules must be loaded
before: later nothing executable can be mapped.
"""

from __future__ import annotations

import importlib
import os
import sys
from contextlib import suppress
from importlib.machinery import EXTENSION_SUFFIXES, FileFinder

# Screens, terminals and Python's own tests: not for graded code.
NOT_LOADED = ("_tkinter", "_curses", "readline", "_test", "_xxtest", "xxlimited",
              "_ctypes_test", "ossaudiodev", "nis", "spwd")  # fmt: skip
# In the standard library, but they need a screen or a terminal: as if not there.
SCREENS = frozenset(
    ("tkinter", "turtle", "turtledemo", "idlelib", "curses", "readline")
)
# What numpy brings in only when it is first used.
NUMPY_PARTS = ("fft", "linalg", "linalg.lapack_lite", "random", "ma", "polynomial")
# What is loaded beforehand where a worker may open no file at all (level 2).
POPULAR = ("abc", "collections.abc", "copy", "csv", "dataclasses", "datetime",
           "decimal", "enum", "fractions", "functools", "heapq", "inspect",
           "itertools", "json", "logging", "numbers", "operator", "os.path",
           "pathlib", "pickle", "pprint", "queue", "statistics", "string", "textwrap",
           "timeit", "traceback", "typing", "unittest", "uuid")  # fmt: skip
# Not for students, and in some Pythons inside the folder of the standard library.
THIRD_PARTY = ("site-packages", "dist-packages")


def preload(popular: bool) -> None:
    """Load every extension module of the standard library and of numpy.

    With `popular` also the modules that students import most.
    """
    parts = [f"numpy.{part}" for part in NUMPY_PARTS]
    for name in (*_extensions(), *parts, *(POPULAR if popular else ())):
        with suppress(ImportError):  # built without it: students cannot have it
            importlib.import_module(name)


def _extensions() -> list[str]:
    names = set()
    for folder in filter(os.path.isdir, sys.path):
        for file in os.listdir(folder):
            name, _, rest = file.partition(".")
            if f".{rest}" in EXTENSION_SUFFIXES and not name.startswith(NOT_LOADED):
                names.add(name)
    return sorted(names & sys.stdlib_module_names)


def standard() -> list[str]:
    """Return the folders of the standard library: all on `sys.path` but the last.

    A bare Python has no others; behind them, boot.py has put the folder of numpy.
    """
    return [path for path in sys.path[:-1] if os.path.isdir(path)]


def contents(folders: list[str]) -> list[str]:
    """Return the folders and the files in `folders`, without third parties."""
    entries = [entry for folder in folders for entry in os.scandir(folder)]
    paths = [entry.path for entry in entries if entry.name not in THIRD_PARTY]
    # A link may lead to a place that bubblewrap does not show.
    return list(filter(os.path.exists, paths))


def rewrite(handles: dict[str, int], path: list[str]) -> None:
    """Make imports go through the handles: `path` becomes the new `sys.path`.

    Landlock refuses to list the standard library's folder itself, since everything
    below it would become readable too; so it is listed before.
    """
    for module in list(sys.modules.values()):
        places = getattr(module, "__path__", None)
        if isinstance(places, list):
            places[:] = [_through(place, handles) for place in places]
    sys.path[:] = [_through(place, handles) for place in path]
    sys.path_importer_cache.clear()
    for place in sys.path:
        finder = sys.path_hooks[-1](place)
        sys.path_importer_cache[place] = finder
        if isinstance(finder, FileFinder):
            finder.find_spec("no_such_module")  # lists the folder
            # A change of the folder must not make it list again: it no longer can.
            vars(finder)["_fill_cache"] = lambda: None
            listed = vars(finder)["_path_cache"]
            vars(finder)["_path_cache"] = {
                name for name in listed if name.partition(".")[0] not in SCREENS
            }


def _through(place: str, handles: dict[str, int]) -> str:
    for folder in sorted(handles, key=len, reverse=True):
        if place == folder or place.startswith(folder + "/"):
            return f"/proc/self/fd/{handles[folder]}{place[len(folder) :]}"
    return place
