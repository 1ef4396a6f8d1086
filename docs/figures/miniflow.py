"""The pictures of the miniflow notebook: `python -m docs.figures.miniflow`."""

from __future__ import annotations

from docs.figures import miniflow_graphs, miniflow_words

if __name__ == "__main__":
    miniflow_words.draw_all()
    miniflow_graphs.draw_all()
