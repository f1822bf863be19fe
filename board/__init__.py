"""The board: the ledger as a read model in SQL, in which people look at, search and correct claims.

It imports `streams` and `claimwire`; neither of them imports it.
"""
