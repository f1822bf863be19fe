"""Training of `claimwire.extraction.claims.whole_clauses`."""
