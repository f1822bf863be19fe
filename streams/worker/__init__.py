"""The life of a worker: its process, the supervisor over it, the watchdog in it, and what it answers over HTTP.

The commands import it; it imports the engine and `streams.kafka`.
"""
