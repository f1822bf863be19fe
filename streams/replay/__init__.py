"""Replays: a stretch of ``news.items`` made into a ledger anew, its difference from the live one, and shadow ledgers.

The commands import it; it imports `streams.kafka` and the terminal.
"""
