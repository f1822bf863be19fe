"""Outcomes: what a proposition says to have happened, by the phrases and slots of each field.

Of the extraction folders, it imports only the text.
"""
