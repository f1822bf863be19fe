"""The Faust engine: how agents handle records in batches, keep their tables and lose nothing over a restart.

Agents, alerting, the doctor and the worker import it; it imports `streams.kafka`.
"""
