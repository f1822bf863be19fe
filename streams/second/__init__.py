"""Second opinions: candidates put as questions to a language model, whose answers become verdicts.

Nothing of this room is imported where no model is configured.
"""
