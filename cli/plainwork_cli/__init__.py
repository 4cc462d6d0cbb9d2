"""The command `plainwork`, above everything else: each subcommand is imported when it runs."""
