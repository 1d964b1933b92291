"""What was changed, rejected or in doubt: problems, their rules, and what persons decided about them."""
