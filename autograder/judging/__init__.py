"""How is one submission judged? The only room that holds answers."""
