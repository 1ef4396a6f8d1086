"""Measurements of the course kit, as ratios taken side by side in one run."""
