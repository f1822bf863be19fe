"""Wire items that the demo feeds in, one item version a file, in the order of their arrival."""
