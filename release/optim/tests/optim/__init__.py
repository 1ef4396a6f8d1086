"""The material of optim: what is asked, of which inputs, and known mistakes."""
