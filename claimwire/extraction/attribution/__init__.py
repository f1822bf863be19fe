"""Attribution: who says what, in prose, in headlines and inside the words of others.

Of the extraction folders, it imports acts and the text.
"""
