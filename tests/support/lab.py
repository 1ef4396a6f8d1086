"""A real JupyterLab on a released folder, and a real browser in front of it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import needs

BIN = Path(sys.executable).parent
TOKEN = "for-this-test-only"
PATIENCE = 300_000.0  # milliseconds: a machine may be busy
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# No questions in the way of the first click.
QUIET = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "docmanager-extension/plugin": {"autosave": False},
    # Every cell stands in the page, also those that are scrolled out of sight.
    "notebook-extension/tracker": {"windowingMode": "none"},
}


@contextmanager
def lab(folder: Path, home: Path) -> Iterator[str]:
    """Serve `folder` with all of Jupyter's own files in `home`; give the address."""
    for name, setting in QUIET.items():
        path = home / f"settings/@jupyterlab/{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(setting))
    options = [
        f"--ServerApp.token={TOKEN}",
        "--port=0",
        f"--notebook-dir={folder}",
        "--LabApp.expose_app_in_browser=True",
    ]
    with (home / "lab.log").open("w") as log:
        server = subprocess.Popen(
            [str(BIN / "jupyter"), "lab", "--no-browser", "--allow-root", *options],
            cwd=folder,
            env=_environment(home),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            address = _address(server, home / "runtime")
            yield f"{address}lab/tree/{folder.name}.ipynb?token={TOKEN}"
        finally:
            _end(server)


def _end(server: subprocess.Popen[bytes]) -> None:
    """End JupyterLab, which after a validation may wait for ever for a thread."""
    server.terminate()
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _environment(home: Path) -> dict[str, str]:
    own = {
        "HOME": home,
        "JUPYTER_CONFIG_DIR": home / "config",
        "JUPYTER_DATA_DIR": home / "data",
        "JUPYTER_RUNTIME_DIR": home / "runtime",
        "JUPYTERLAB_SETTINGS_DIR": home / "settings",
        "JUPYTERLAB_WORKSPACES_DIR": home / "workspaces",
        "IPYTHONDIR": home / "ipython",
        "MPLCONFIGDIR": home / "matplotlib",
    }
    path = os.pathsep.join([str(BIN), os.environ.get("PATH", "")])
    inherited = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    return inherited | {k: str(v) for k, v in own.items()} | {"PATH": path}


def _address(server: subprocess.Popen[bytes], runtime: Path) -> str:
    for _ in range(3000):
        for path in runtime.glob("jpserver-*.json"):
            # The file may be there half, and before anybody listens.
            with suppress(json.JSONDecodeError, OSError):
                said = json.loads(path.read_text())
                socket.create_connection((said["hostname"], said["port"]), 10).close()
                return str(said["url"])
        assert server.poll() is None, "JupyterLab did not start: see lab.log"
        time.sleep(0.1)
    raise TimeoutError("JupyterLab did not start within 300 seconds")


@contextmanager
def browser(profile: Path):
    """Give a page of Debian's Chromium; skip where that or Playwright is missing."""
    chromium = needs("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        if os.environ.get("REQUIRE") == "all":
            pytest.fail("playwright is missing: run make, or without REQUIRE=all")
        pytest.skip("needs playwright")
    with sync_playwright() as play:
        context = play.chromium.launch_persistent_context(
            profile,
            executable_path=chromium,
            args=FLAGS,
            headless=True,
            viewport={"width": 1280, "height": 900},
        )
        context.set_default_timeout(PATIENCE)
        try:
            yield context.pages[0]
        finally:
            context.close()


def wait_until_ready(client: Any) -> None:
    """Wait for a kernel; on a busy machine a late heartbeat looks like its end."""
    for left in reversed(range(5)):
        try:
            client.wait_for_ready(timeout=900)
            return
        except RuntimeError:
            if not left:
                raise
