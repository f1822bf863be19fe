"""Exports: the ledger in other people's formats, one a module; each a pure function from claims or events."""
