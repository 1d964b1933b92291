"""Imaginary provinces with planted effects and planted mess, at any size, always marked as simulated."""
