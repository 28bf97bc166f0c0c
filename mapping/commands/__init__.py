"""One module for each family of commands; `mapping.commands.main` makes them one."""
