"""Claims: which statements put one forward or answer one, the words of a claim as a sentence, and where they meet.

It imports acts, speakers and the text.
"""
