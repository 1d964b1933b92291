"""Empty workbooks to type or paste into."""
