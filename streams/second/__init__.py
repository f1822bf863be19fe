"""Second opinions: this room puts candidates as questions to a language model, and makes verdicts of the answers.

Without a configured model nothing of this room is imported.
"""
