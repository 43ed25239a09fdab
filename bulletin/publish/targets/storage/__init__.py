"""A target that is a bucket of storage that speaks S3."""
