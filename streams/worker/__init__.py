"""The life of a worker: its process, the supervisor over it, the watchdog in it, and its HTTP endpoints.

The commands import it; it imports the engine and `streams.kafka`.
"""
