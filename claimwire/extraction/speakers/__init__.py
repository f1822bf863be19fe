"""Speakers: the party and the side behind the words for a source, and whom pronouns and bare nouns mean.

Of the extraction folders, it imports only the text.
"""
