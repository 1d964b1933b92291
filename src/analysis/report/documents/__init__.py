"""Documents written from Markdown and tables: web page, Word, PDF and Excel."""
