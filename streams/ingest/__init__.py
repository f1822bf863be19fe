"""How news comes in: sent from files, left in a drop folder, polled from feeds, or pushed over HTTP.

The commands import it; it imports the feeds, `streams.kafka` and the terminal.
"""
