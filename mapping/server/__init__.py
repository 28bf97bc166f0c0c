"""Our addresses beside the pages, headers, limits, which data is shown."""
