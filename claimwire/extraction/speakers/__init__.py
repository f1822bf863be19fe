"""Speakers: the party and the side behind the words for a source, and whom pronouns and bare nouns mean.

It imports the text alone.
"""
