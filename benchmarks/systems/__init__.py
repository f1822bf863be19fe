"""Other ways to find who said what, measured on the same text as claimwire."""
