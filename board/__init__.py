"""The board: the ledger as a read model in SQL, to be looked at, searched and corrected.

It imports `streams` and `claimwire`; neither of them imports it.
"""
