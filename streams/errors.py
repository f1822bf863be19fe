"""Errors that a command shows to its user: what is wrong, and the remedy.

UserError
├── BrokerError       the local broker cannot start or stop
├── KafkaUnreachable  nothing answers at the broker's address
├── TopicsDiffer      the broker's topics are other than the table says
├── SettingsInvalid   a setting holds what it can't
├── InputUnreadable   a file cannot be read at all
└── AddressUnusable   nothing can listen at an address
"""


class UserError(Exception):
    """What is wrong, and the remedy, in words for the person at the keyboard."""


class KafkaUnreachable(UserError):
    """Nothing answers at the broker's address."""


class TopicsDiffer(UserError):
    """The broker's topics are other than the table says."""


class SettingsInvalid(UserError):
    """A setting holds what it can't."""


class InputUnreadable(UserError):
    """A file cannot be read at all."""


class AddressUnusable(UserError):
    """Nothing can listen at an address."""
