"""Linking: it computes the links of a subject from the statements that meet there, and from nothing else."""

from claimwire.linking.subject import WINDOW, SubjectLinks

__all__ = ["WINDOW", "SubjectLinks"]
