"""Training of the reader: which sentences of an item put forward a claim, which answer one, and which one."""
