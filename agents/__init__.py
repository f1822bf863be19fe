"""The agents, one a file, each thin: decode, call claimwire, send.

extract → link → judge → alert → deliver. They are found by the entry points of the group ``claimwire.agents``.
"""
