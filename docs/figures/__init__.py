"""The pictures of the notebooks: `python -m docs.figures.<assignment>` draws them."""
