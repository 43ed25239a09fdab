"""Outputs read back and compared with the edition they were made from: a build that proves nothing is not finished."""
