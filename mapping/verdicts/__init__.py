"""Judge the strategy's objectives, with the rows counted and the facts missing; one module an objective."""
