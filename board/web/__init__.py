"""The board's pages, each with its JSON at the same address with ``.json``."""
