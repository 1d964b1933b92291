"""What leaves a study: small groups suppressed, alike everywhere, and tables that may be shared."""
