"""Extraction: the statements of one item version. Text in, statements out; nothing else."""
