"""What an analyst hands in: headers, split cells, check, scope, proposal, publishing; templates and corrections back."""
