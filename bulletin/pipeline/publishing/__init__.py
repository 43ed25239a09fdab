"""Publishing: what is made goes out, to where everybody reads it or to who puts it there."""
