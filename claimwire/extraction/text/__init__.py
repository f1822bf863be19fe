"""The text itself: sentences with their offsets, clauses around a phrase, and the words that carry the topic.

Every other folder here may import it, and it imports none of them.
"""
