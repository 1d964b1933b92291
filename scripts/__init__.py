"""Programs of the checkout that need nothing but the standard library."""
