"""How is a release made? Copies files, cuts solutions out, refuses what would leak."""
