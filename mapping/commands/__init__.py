"""One module for each family of commands; `mapping.command` makes them one."""
