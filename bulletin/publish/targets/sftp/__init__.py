"""A server's disk, behind SFTP."""
