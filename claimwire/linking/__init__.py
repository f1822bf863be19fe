"""Linking: the links of a subject, a pure function of the statements that meet there."""

from claimwire.linking.subject import WINDOW, SubjectLinks

__all__ = ["WINDOW", "SubjectLinks"]
