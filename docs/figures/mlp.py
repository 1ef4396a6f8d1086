"""The pictures of the mlp notebook: `python -m docs.figures.mlp` draws them all."""

from __future__ import annotations

from docs.figures import mlp_layers, mlp_loss, mlp_training

if __name__ == "__main__":
    mlp_training.draw_all()
    mlp_layers.draw_all()
    mlp_loss.draw_all()
