"""The local broker: a real Apache Kafka with nothing to install, its Java, and its end with whoever started it.

The commands import it; it imports the terminal.
"""
