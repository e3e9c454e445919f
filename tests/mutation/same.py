"""The mutants that change nothing that anybody could see, each with the reason."""

#: File in the plugin, what stood there, and what it was turned into.
SAME: dict[tuple[str, str, str], str] = {}
