"""What an analyst hands in: headers, split cells, check, scope, proposal; templates and corrections back."""
