"""The desk: it makes verdicts of what people say of claims, and checks them against the ledger and earlier verdicts.

It imports no other room. The command reads from the stream what the desk needs.
"""
