"""Foreign documents (Word, plain text, PDF, web pages, text of old issues) to drafts of our own sources."""
