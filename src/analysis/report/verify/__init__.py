"""Written documents read back and compared with their claims, and claims with a fresh computation."""
