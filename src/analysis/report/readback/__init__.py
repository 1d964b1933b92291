"""Reading written documents back: what they print, number by number. One module per format."""
