"""Extraction: from the text of one item version to its statements, and nothing else."""
