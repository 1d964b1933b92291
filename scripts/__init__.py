"""Programs that a user's checkout runs, which need nothing but the standard library; ``build`` holds the others."""
