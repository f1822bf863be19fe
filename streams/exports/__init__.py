"""Exports: the ledger in other people's formats, one for each module. Each is a pure function of claims or events."""
