"""What is likeliest wrong: with an array, with how it stands to its case, or raised."""
