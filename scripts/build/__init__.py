"""Programs for those who change the project: nobody who makes reports runs them."""
