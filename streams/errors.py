"""Errors that a command shows to its user: what is wrong, and the remedy.

UserError
├── BrokerError       the local broker cannot start or stop
├── KafkaUnreachable  nothing answers at the broker's address
├── TopicsDiffer      the broker's topics are other than the table says
│   └── TopicMissing  one of them is not there
├── StretchInvalid    offsets or times that name no stretch of news.items
├── LedgerUnfit       a ledger is not there, or not in a state for what is asked
├── SettingsInvalid   a setting holds what it can't
└── InputUnreadable   a file cannot be read at all
"""


class UserError(Exception):
    """What is wrong, and the remedy, in words for the person at the keyboard."""


class KafkaUnreachable(UserError):
    """Nothing answers at the broker's address."""


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


class InputUnreadable(UserError):
    """A file cannot be read at all."""
