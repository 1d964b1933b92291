"""Sheets to located tables: which row is the header, what each column means, which rows are data."""
