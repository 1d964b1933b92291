"""Published tables of averages and counts, one module a kind."""
