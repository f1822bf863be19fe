"""Outcomes: what the words of a proposition say to have happened, by phrases and slots of each field.

It imports the text alone.
"""
