"""Claims: which statements put one forward or answer one, its words as a sentence, and the subjects.

Of the extraction folders, it imports acts, speakers and the text.
"""
