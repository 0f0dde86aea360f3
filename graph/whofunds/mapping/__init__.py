"""What the columns of a table are: proposed from header and values, kept in a map, loaded by it."""
