"""Ingest: how news comes in, from files, a drop folder, polled feeds, or pushes over HTTP.

The commands import it; it imports the feeds, `streams.kafka` and the terminal.
"""
