"""How accurate claimwire is: the measurements behind RESULTS.md, and the systems that it is held against.

The labels in gold/ hold offsets only. The texts that they count in are the development data, kept
beside the repository.
"""
