"""Errors that a command shows to its user: what is wrong, and the remedy.

UserError
├── BrokerError       the local broker cannot start or stop
├── KafkaUnreachable  nothing answers at the broker's address
├── KafkaRefuses      the broker answers, and takes neither this user nor this protocol; trying again is of no use
├── TopicsDiffer      the broker's topics are other than the table says
│   └── TopicMissing  one of them is not there
├── StretchInvalid    offsets or times that name no stretch of news.items
├── LedgerUnfit       a ledger is not there, or not in a state for what is asked
├── SettingsInvalid   a setting holds what it can't
├── PartsUnfit       a package that claimwire repairs has another version than the repairs fit
├── StateUnusable     the worker's state on disk cannot be used
├── InputUnreadable   a file cannot be read at all
├── VerdictsUnfit     lines of a file of verdicts that cannot be taken
├── AddressUnusable   nothing can listen at an address
└── FilesExhausted    the process may open no more files and connections
"""


class UserError(Exception):
    """What is wrong, and the remedy, in words for the person at the keyboard."""


class KafkaUnreachable(UserError):
    """Nothing answers at the broker's address."""


class KafkaRefuses(UserError):
    """The broker answers, and will not have this user, this protocol or this request."""


class TopicsDiffer(UserError):
    """The broker's topics are other than the table says."""


class TopicMissing(TopicsDiffer):
    """One of the topics is not there."""


class StretchInvalid(UserError):
    """Offsets or times that name no stretch of ``news.items``."""


class LedgerUnfit(UserError):
    """A ledger is not there, or not in a state for what is asked."""


class SettingsInvalid(UserError):
    """A setting holds what it can't."""


class PartsUnfit(UserError):
    """A package that claimwire repairs has another version than the repairs fit."""


class StateUnusable(UserError):
    """The worker's state on disk cannot be used."""


class InputUnreadable(UserError):
    """A file cannot be read at all."""


class VerdictsUnfit(UserError):
    """Lines of a file of verdicts that cannot be taken. What is wrong with each is told before."""

    def __init__(self, source: str, lines: int) -> None:
        many = "1 line" if lines == 1 else f"{lines} lines"
        super().__init__(f"{many} of {source} cannot be taken, so nothing of it is. Correct them and try again.")


class AddressUnusable(UserError):
    """Nothing can listen at an address."""


class FilesExhausted(UserError):
    """The process may open no more files and connections, whatever they are for."""
