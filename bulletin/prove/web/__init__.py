"""The site read back: text of pages, addresses, search, and nothing that was held back."""
