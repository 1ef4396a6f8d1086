"""`make bench`: measure, and write docs/benchmarks.md and its picture.

python -m benchmarks [--quick | --full] [NAME ...]

Without names all are run and the page is written; --quick tries them out, --full
grades 10,000 submissions too. With names the rows are only printed.
"""

from __future__ import annotations

import argparse
import sys
import time
import warnings
from importlib import import_module

from benchmarks.measure import Row, Size
from benchmarks.page import table, write

NAMES = (
    "stock",
    "floor",
    "hostile",
    "scaling",
    "releases",
    "checks",
    "training",
    "graphs",
)


def main() -> None:
    warnings.simplefilter("ignore")
    options = parse()
    size = Size.QUICK if options.quick else Size.FULL if options.full else Size.USUAL
    results: dict[str, list[Row]] = {}
    for name in options.names or NAMES:
        started = time.perf_counter()
        print(f"{name} ...", file=sys.stderr, flush=True)
        results[name] = import_module(f"benchmarks.{name}").measure(size)
        print(f"  {time.perf_counter() - started:.0f} s", file=sys.stderr)
        print(table(results[name]), flush=True)
    if not options.names:
        print(write(results, size))


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*NAMES, []], metavar="NAME")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--quick", action="store_true", help="small, only to try it out")
    how.add_argument("--full", action="store_true", help="10,000 submissions too")
    return parser.parse_args()


if __name__ == "__main__":
    main()
