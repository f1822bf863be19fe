"""Claim detection: which sentences of an item put forward a claim worth following, which answer one, and which one.

Trained heads on the states of the tagger's encoder decide that. What they found becomes statements in
`claimwire.extraction`.
"""
