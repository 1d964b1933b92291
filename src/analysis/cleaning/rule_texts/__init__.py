"""Severity, what was done and the remedy of each rule of participant files, by topic."""
