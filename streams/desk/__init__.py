"""The desk: what people say of claims becomes verdicts, checked against the ledger and the verdicts before them.

It imports no other room. What it needs of the stream is read by the command.
"""
