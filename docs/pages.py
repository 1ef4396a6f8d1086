"""Which pages of the site stand elsewhere in the course? README, changes, notebooks."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parent.parent


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put every notebook into the navigation, in the place that is kept for them."""
    for entry in config.nav or []:
        if entry.get("Assignments") == "notebooks/":
            entry["Assignments"] = [f"notebooks/{name}.ipynb" for name in _names()]
    return config


@event_priority(100)  # before the plugin that reads notebooks
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages and pictures that do not lie in docs/."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    add = {
        "index.md": re.sub(r"\((?:docs/)([^)]+)\)", r"(\1)", readme),
        "changelog.md": changes,
    }
    for path, text in add.items():
        files.append(File.generated(config, path, content=text))
    for name in _names():
        folder = ROOT / "source" / name
        files.append(_notebook(folder / f"{name}.ipynb", config))
        for picture in sorted((folder / "images").glob("*")):
            place = f"notebooks/{name}/images/{picture.name}"
            files.append(File.generated(config, place, abs_src_path=str(picture)))
    return files


def _notebook(source: Path, config: MkDocsConfig) -> File:
    """Return the page of a notebook, copied to where its plugin looks for it."""
    place, folder = f"notebooks/{source.name}", ROOT / "build" / "pages"
    (folder / place).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, folder / place)
    return File(place, str(folder), config.site_dir, config.use_directory_urls)


def _names() -> list[str]:
    return sorted(path.stem for path in ROOT.glob("source/*/*.ipynb"))
