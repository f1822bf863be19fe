"""The agents, one in each file, each thin: decode, call claimwire, send.

extract → link → judge → alert → deliver. The worker finds them by the entry points of the group ``claimwire.agents``.
"""
