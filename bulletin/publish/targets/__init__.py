"""Targets: a folder, a server, a bucket, to which releases are sent and among which one is live."""
