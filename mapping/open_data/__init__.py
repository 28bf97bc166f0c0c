"""One module for each form in which the data is given away; `bundle` puts them together."""
