"""The text itself: sentences with their offsets, clauses around a phrase, the words that carry its matter.

Every other room may import it, and it imports none of them.
"""
