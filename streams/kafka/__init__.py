"""Kafka itself: connections and clients, the table of topics, the pointer to the current ledger, what was rejected.

Every other room may import it, and it imports none of them.
"""
