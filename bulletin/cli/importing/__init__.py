"""`bulletin import`."""
