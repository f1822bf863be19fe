"""Replays: a ledger made again from a stretch of ``news.items``, its difference from the live one, shadow ledgers.

The commands import it; it imports `streams.kafka` and the terminal.
"""
