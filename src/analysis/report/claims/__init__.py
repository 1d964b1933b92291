"""Every number of a report as a claim: what it says, how it is printed, and the row that it comes from."""
