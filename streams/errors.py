"""Errors that a command shows to its user: what is wrong, and what to do.

UserError
├── BrokerError       the local broker cannot start or stop
├── KafkaUnreachable  no broker answers, or none that is ready
├── KafkaRefuses      the broker answers but refuses this user, protocol or request; trying again does not help
├── TopicsDiffer      the broker's topics differ from the table
│   └── TopicMissing  one of them is missing
├── StretchInvalid    offsets or times that name no stretch of news.items
├── LedgerUnfit       a ledger is missing, or in the wrong state for the command
├── SettingsInvalid   a setting has an impossible value
├── BoardUnfit        the board's store cannot be used as it is
├── PartsUnfit        a package that claimwire repairs has a version that the repairs do not fit
├── StateUnusable     the worker's state on disk cannot be used
├── InputUnreadable   a file cannot be read at all
├── VerdictsUnfit     lines of a file of verdicts that cannot be taken
├── AddressUnusable   nothing can listen at an address
└── FilesExhausted    the process may open no more files and connections
"""


class UserError(Exception):
    """What is wrong and what to do, in words for the user."""


class KafkaUnreachable(UserError):
    """No broker answers, or none that is ready."""


class KafkaRefuses(UserError):
    """The broker answers but refuses this user, this protocol or this request."""


class TopicsDiffer(UserError):
    """The broker's topics differ from the table."""


class TopicMissing(TopicsDiffer):
    """One of the topics is missing."""


class StretchInvalid(UserError):
    """Offsets or times that name no stretch of ``news.items``."""


class LedgerUnfit(UserError):
    """A ledger is missing, or in the wrong state for the command."""


class SettingsInvalid(UserError):
    """A setting has an impossible value."""


class BoardUnfit(UserError):
    """The board's store cannot be used as it is."""


class PartsUnfit(UserError):
    """A package that claimwire repairs has a version that the repairs do not fit."""


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
    """The process may open no more files and connections."""
