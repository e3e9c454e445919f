"""What the catalogues say, with the names of the actors in their places."""

from typing import Any

from django.utils.translation import trans_real

from partybuilding.core.words.actors import PLACE, said


class Sentences(dict[Any, str]):
    """The entries of a catalogue that name actors.

    They stand behind all others and are asked last, so that whatever names nobody costs nothing more.
    """

    def get(self, key: Any, default: Any = None) -> Any:
        """Return what is said."""
        text = super().get(key)
        return default if text is None else said(text)

    def __getitem__(self, key: Any) -> str:
        return said(super().__getitem__(key))


class Translation(trans_real.DjangoTranslation):
    """A language whose catalogues name actors."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        part_from(self)


def part_from(translation: Any) -> None:
    """Take the entries that name actors out of the catalogues of a language, and put them behind all others."""
    catalogue = translation._catalog
    pairs = list(zip(catalogue._catalogs, catalogue._plurals, strict=True))
    for place, (entries, plural) in enumerate(pairs):
        named = {key: text for key, text in entries.items() if text and PLACE.search(text)}
        if not named or isinstance(entries, Sentences):
            continue
        for key in named:
            # What a catalogue further behind says of it, Wagtail's say, would be found first now.
            for other, _plural in pairs[place:]:
                other.pop(key, None)
        catalogue._catalogs.append(Sentences(named))
        catalogue._plurals.append(plural)


def speak() -> None:
    """Let every language of this process say the names; called once, when the apps are ready."""
    trans_real.DjangoTranslation = Translation  # type: ignore[misc]
    for translation in trans_real._translations.values():  # type: ignore[attr-defined]
        part_from(translation)
