"""The words of both languages, and how numbers and dates are printed and read back."""
