"""The mutants that change nothing that anybody could see, each with the reason."""

#: File in the plugin, what stood there, and what it was turned into.
SAME: dict[tuple[str, str, str], str] = {
    (
        "cycles/services.py",
        "grade if grade.code",
        "grade if True",
    ): "an empty code among the used ones is the code of nobody",
    (
        "cycles/services.py",
        "True",
        "False",
    ): "a copy without a key is inserted whatever its state says",
}
