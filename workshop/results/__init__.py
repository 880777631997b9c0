"""The tally, the ranking, and what is taken away from it."""
