"""Drafting: the statements of an item, drafted sentence by sentence in the order of its text.

It imports the folders of the steps before it (acts, attribution, outcomes, speakers, text) and the drafts of claims.
"""
