"""Statistics: arrays in, results out. Knows no province, file, language or plot."""
