"""Full-text search without a server: an index in files that a page loads as scripts, a few of them for a query."""
