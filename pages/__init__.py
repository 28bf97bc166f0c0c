"""Show people what the core knows: one file a page, shared widgets in `pages.ui`."""
