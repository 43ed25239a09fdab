"""Foreign files into the publication: one manuscript, a back issue, a whole archive."""
