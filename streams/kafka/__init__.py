"""Kafka itself: connections and clients, the table of topics, the pointer to the current ledger, rejected records.

Every other folder of `streams` may import it, and it imports none of them.
"""
