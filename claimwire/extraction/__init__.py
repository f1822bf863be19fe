"""Extraction: the statements of one item version. Text in, statements out; nothing else."""

from claimwire.extraction.reading import TooManyStatements, extract

__all__ = ["TooManyStatements", "extract"]
