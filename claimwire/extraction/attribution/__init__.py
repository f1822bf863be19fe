"""Attribution: who is reported as saying what, in prose, in headlines and inside the words of others.

It imports acts and the text.
"""
