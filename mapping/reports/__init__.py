"""One model of a report, one writer a format."""
