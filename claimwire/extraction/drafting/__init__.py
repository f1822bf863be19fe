"""Drafting: the statements of an item, drafted sentence by sentence in the order of its text.

It imports the steps before it: acts, attribution, outcomes, speakers and the text, and the drafts of claims.
"""
