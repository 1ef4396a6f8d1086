"""Do the units of docs/servers.md pass systemd's own check?"""

import re
import subprocess

import pytest

from tests.conftest import needs
from tests.support.samples import ROOT

PAGE = (ROOT / "docs/servers.md").read_text(encoding="utf-8")
UNITS = dict(
    re.findall(r"`/etc/systemd/system/(\S+)`:\n\n```ini\n(.*?)```", PAGE, re.S)
)


def verified(folder, units):
    """Return what systemd-analyze says of the units, written into a folder."""
    needs("systemd-analyze")
    for name, text in units.items():
        (folder / name).write_text(text.replace("/srv/course", str(ROOT)))
    done = subprocess.run(
        ["systemd-analyze", "verify", *(str(folder / name) for name in units)],
        capture_output=True,
        text=True,
    )
    return "\n".join(
        line for line in done.stderr.splitlines() if line.startswith(str(folder))
    ) + ("" if done.returncode == 0 else f"\nexit status {done.returncode}")


def test_the_units_are_accepted(tmp_path):
    assert sorted(UNITS) == ["grade.service", "grade.timer"]
    assert verified(tmp_path, UNITS) == ""


@pytest.mark.parametrize(
    ("old", "new"), [("Type=oneshot", "Type=once"), ("02:00:00", "25:00:00")]
)
def test_a_fault_in_a_unit_is_found(tmp_path, old, new):
    changed = {name: text.replace(old, new) for name, text in UNITS.items()}
    assert verified(tmp_path, changed) != ""
