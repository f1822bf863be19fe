"""The agents, one a file, each thin: decode, call claimwire, send.

extract → link → judge → alert. They are found by the entry points of the group ``claimwire.agents``.
"""
