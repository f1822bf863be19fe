"""Reading: which sentences of an item put forward a claim worth following, which answer one, and which one.

A trained network decides that; nothing here knows words. What it found becomes statements in `claimwire.extraction`.
"""
