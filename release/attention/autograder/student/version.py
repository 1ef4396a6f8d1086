"""Which version of a release is in a folder?"""

from __future__ import annotations

import re
from pathlib import Path

MANIFEST = "release.json"
# Found without parsing the file, which anybody may have written.
VERSION = re.compile(rb'"version": "([0-9a-f]{8})"')


def version_in(data: bytes) -> str:
    """Return the version that a release.json names, "" if it names none."""
    found = VERSION.search(data)
    return found[1].decode() if found else ""


def version_of(root: Path) -> str:
    """Return the version of the release in a folder, "" if none is named."""
    try:
        return version_in((root / MANIFEST).read_bytes())
    except OSError:
        return ""
