"""People: who stands behind a row, and the participant tables that the contract names."""
