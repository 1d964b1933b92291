"""Results become words, tables and documents; every printed number is a claim that can be checked."""
