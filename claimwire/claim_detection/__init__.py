"""Claim detection: which sentences of an item put forward a claim worth following, and which answer which claim.

A trained network decides that; it sees what the tagger marked and what the drafts say. `claimwire.extraction` makes
statements of what it finds.
"""
