"""What does a file of the project import, and by which name is it imported?"""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def name_of(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path, *, lazy=True, names=False):
    """Return the modules that a file imports, those inside functions too if `lazy`.

    With `names` also what is imported from each, since that may be a module.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = ast.walk(tree) if lazy else ast.iter_child_nodes(tree)
    found = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
            if names:
                found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found
