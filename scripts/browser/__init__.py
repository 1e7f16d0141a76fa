"""The product in a browser, and what must hold of every page of it."""
