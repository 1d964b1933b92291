"""What a province's report says: facts, tables and figures from results, words from the templates."""
