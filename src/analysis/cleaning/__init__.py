"""Raw files to tidy tables, plus the list of every cell that was changed, rejected or in doubt."""
