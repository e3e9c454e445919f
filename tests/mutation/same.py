"""The mutants that change nothing that anybody could see, each with the reason."""

#: File in the plugin, what stood there, and what it was turned into.
SAME: dict[tuple[str, str, str], str] = {
    **dict.fromkeys(
        [
            ("core/text/personal_data/__init__.py", *turned)
            for turned in (("4", "5"), ("4", "3"), ("5", "6"), ("5", "4"))
        ],
        "a number is longer than an excerpt reaches, so that its neighbours alone can touch it",
    ),
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
