"""Claim detection: which sentences of an item put forward a claim worth following, and which answer which claim.

Trained heads on the states of the tagger's encoder decide that. `claimwire.extraction` makes statements of what they
find.
"""
