"""Colab, Kaggle and GitHub, imitated: their folders, their modules, their commands."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

from autograder.nbgrader_steps.release import write_release
from tests.support.demo import copy_course
from tests.support.students import Kernel, copy_release, solve

ROOT = Path(__file__).resolve().parents[2]
# Colab's module, as far as it is used: mounting shows the files of the Drive.
COLAB = {
    "__init__.py": "from google.colab import drive, files\n",
    "files.py": "def download(path):\n    print('offered', path)\n",
    "drive.py": (
        "import os\n\n\ndef mount(place):\n"
        "    place = {content!r} + place.removeprefix('/content')\n"
        "    if not os.path.exists(place + '/MyDrive'):\n"
        "        os.rename({drive!r}, place + '/MyDrive')\n"
    ),
}
# The course itself, which a student's Python does not have.
BEGIN = """
import sys
from pathlib import Path
sys.dont_write_bytecode = False
sys.path[:] = [p for p in sys.path if not (Path(p) / "autograder").is_dir()]
sys.meta_path[:] = [f for f in sys.meta_path if "editable" not in repr(f)]
sys.path.insert(0, {!r})
"""


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    course = copy_course(tmp_path_factory.mktemp("places") / "course")
    write_release(course, "mlp")
    return course / "release"


@pytest.fixture
def colab(tmp_path):
    """Return /content of a Colab machine whose Drive is not mounted yet."""
    content, drive = tmp_path / "content", tmp_path / "drive of the student"
    for folder in (content / "drive", content / "sample_data", drive / "Courses/DL"):
        folder.mkdir(parents=True)
    module = tmp_path / "site/google/colab"
    module.mkdir(parents=True)
    for name, text in COLAB.items():
        filled = text.format(content=str(content), drive=str(drive))
        (module / name).write_text(filled)
    return content


@pytest.fixture
def kaggle(tmp_path):
    """Return /kaggle of a Kaggle machine."""
    for name in ("input/deep-learning", "working"):
        (tmp_path / "kaggle" / name).mkdir(parents=True)
    return tmp_path / "kaggle"


def first_cell(released, top):
    """Return the first cell, with Colab's and Kaggle's folders below `top`."""
    text = (released / "mlp/first_cell.txt").read_text()
    for name in ("/content", "/kaggle"):
        assert f'"{name}' in text
        text = text.replace(f'"{name}', f'"{top}{name}')
    return text.replace(f'mount("{top}', 'mount("')


def imports(released):
    cells = json.loads((released / "mlp/mlp.ipynb").read_text())["cells"]
    return next(t for c in cells if "autoreload" in (t := "".join(c["source"])))


def test_the_first_cell_is_shown_to_students(released):
    text = (released / "mlp/first_cell.txt").read_text()
    shown = (ROOT / "docs/students.md").read_text()
    assert f"```python\n{text}```" in shown


def test_on_colab_the_folder_is_found_in_drive_and_edits_count(released, colab):
    top = colab.parent
    with Kernel(colab) as kernel:
        kernel.run(BEGIN.format(str(top / "site")))
        copy_release(released, "mlp", top / "drive of the student/Courses/DL")
        said = kernel.run(first_cell(released, top))
        folder = colab / "drive/MyDrive/Courses/DL/mlp"
        assert said.printed == f"Working in {folder}\n", said
        assert kernel.run(imports(released)).error == ""
        assert "not yet written" in kernel.run('check("linear_forward")').error
        solve(folder)
        assert kernel.run('check("linear_forward")').text == "linear_forward: passed"
        # Edits of one second and of one length.
        path = folder / "mytorch/nn.py"
        right = path.read_text()
        wrong = right.replace("np.maximum(x, 0.0)", "np.minimum(x, 0.0)")
        for text, passed in [(wrong, False), (right, True), (wrong, False)]:
            path.write_text(text)
            os.utime(path, (1_800_000_000, 1_800_000_000))
            done = kernel.run('check("relu_forward")').text
            assert (done == "relu_forward: passed") == passed
        path.write_text(right)
        kernel.run(f"import os; os.chdir({str(top)!r})")
        assert kernel.run(first_cell(released, top)).printed == said.printed
        packed = kernel.run("pack()").printed
    assert packed.endswith(f"Hand in this file.\noffered {folder}/mlp.zip\n")
    assert zipfile.is_zipfile(folder / "mlp.zip")


def test_on_colab_an_uploaded_zip_is_unpacked_into_drive(released, colab):
    with Kernel(colab) as kernel:
        kernel.run(BEGIN.format(str(colab.parent / "site")))
        cell = first_cell(released, colab.parent)
        assert "Upload the folder mlp or mlp.zip" in kernel.run(cell).error
        shutil.make_archive(str(colab / "mlp"), "zip", released, "mlp")
        said = kernel.run(cell).printed
    assert said == f"Working in {colab / 'drive/MyDrive/mlp'}\n"


def test_on_kaggle_an_input_is_copied_once(released, kaggle):
    copy_release(released, "mlp", kaggle / "input/deep-learning")
    cell, mine = first_cell(released, kaggle.parent), kaggle / "working/mlp"
    with Kernel(kaggle / "working") as kernel:
        kernel.run(BEGIN.format("nowhere"))
        assert kernel.run(cell).printed == f"Working in {mine}\n"
        solve(mine)
        kernel.run(imports(released))
        assert kernel.run(cell).printed == f"Working in {mine}\n"
        assert kernel.run('check("sgd")').text == "sgd: passed"


def workflow(folder):
    """Return the commands of a release's workflow, in order."""
    text = (folder / ".github/workflows/check.yml").read_text()
    steps = yaml.safe_load(text)["jobs"]["check"]["steps"]
    return [step["run"] for step in steps if "run" in step]


def pushed(folder, tmp_path):
    """Run the workflow's commands as GitHub does, with numpy alone installed."""
    site = tmp_path / "only-numpy"
    site.mkdir(exist_ok=True)
    hidden = "import sys\nfor name in ('IPython', 'matplotlib', 'pytest', 'sklearn'):\n"
    (site / "sitecustomize.py").write_text(f"{hidden}    sys.modules[name] = None\n")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    install, *commands = workflow(folder)
    assert install == 'python -m pip install "numpy>=2"'
    for command in commands:
        done = subprocess.run(
            ["bash", "-e", "-c", command],
            cwd=folder,
            env={**os.environ, "PATH": path, "PYTHONPATH": str(site)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        assert "Traceback" not in done.stdout
        if done.returncode:
            return done
    return done


def test_on_github_a_push_runs_the_visible_checks(released, tmp_path):
    folder = copy_release(released, "mlp", tmp_path)
    assert "tab Actions" in (folder / "README.md").read_text()
    done = pushed(folder, tmp_path)
    rows = json.loads((folder / "result.json").read_text())["questions"]
    assert done.returncode == 1
    assert len(rows) == 9
    assert not any(row["passed"] for row in rows.values())
    solve(folder)
    done = pushed(folder, tmp_path)
    assert done.returncode == 0, done.stdout
    rows = json.loads((folder / "result.json").read_text())["questions"]
    assert all(row == {"passed": True, "reason": ""} for row in rows.values())
