"""What surrounds every page: shell, menu, sign-in, presentation, errors, the data behind it all."""
