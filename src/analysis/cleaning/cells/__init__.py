"""One cleaner per kind of column: raw values in, clean values and the rule that each rejected value breaks out."""
