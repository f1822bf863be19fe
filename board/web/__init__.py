"""The board's pages. Each page has its JSON at the same address with ``.json``."""
