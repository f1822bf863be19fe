"""The local broker: a real Apache Kafka with nothing to install, its Java, and the guardian that ends it.

The commands import it; it imports the terminal.
"""
