"""In which order names stand: figures by their value, 第一 before 第十, Chinese by its reading.

What a list is sorted by is kept in the row, in a `SortKeyField`: the database sorts it by its index.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Any

from django.db import models

#: So many digits has a number in a key.
WIDTH = 8
LENGTH = 200
DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}
ORDINAL = re.compile(r"第([零一二两三四五六七八九十百千]+)")
NUMBER = re.compile(r"\d+")
#: Surnames that are read otherwise than the same character elsewhere.
SURNAMES = {
    "单": "shan4",
    "曾": "zeng1",
    "解": "xie4",
    "仇": "qiu2",
    "查": "zha1",
    "任": "ren2",
    "朴": "piao2",
    "区": "ou1",
    "盖": "ge3",
    "翟": "zhai2",
    "缪": "miao4",
    "乐": "yue4",
    "员": "yun4",
    "繁": "po2",
    "种": "chong2",
    "冼": "xian3",
    "葛": "ge3",
    "华": "hua4",
}


def sort_key(text: str, *, person: bool = False) -> str:
    """Return by what a text is sorted.

    Args:
        person: whether it is a person's name, whose first character is read as a surname.
    """
    written = unicodedata.normalize("NFKC", text).strip().lower()
    written = ORDINAL.sub(lambda found: f"第{_value(found[1])}", written)
    written = NUMBER.sub(lambda found: found[0].lstrip("0").zfill(WIDTH), written)
    return " ".join(_readings(written, person))[:LENGTH]


def _value(written: str) -> int:
    """Return the number that Chinese figures below ten thousand write."""
    total, digit = 0, 0
    for sign in written:
        if sign in UNITS:
            total, digit = total + (digit or 1) * UNITS[sign], 0
        else:
            digit = DIGITS[sign]
    return total + digit


def _readings(written: str, person: bool) -> list[str]:
    from pypinyin import Style, lazy_pinyin  # its tables are large: only where names are written

    found = lazy_pinyin(written, style=Style.TONE3, neutral_tone_with_five=True)
    if person and written[:1] in SURNAMES:
        rest = lazy_pinyin(written[1:], style=Style.TONE3, neutral_tone_with_five=True)
        found = [SURNAMES[written[0]], *rest]
    return found


class SortKeyField(models.CharField):
    """The sort key of another attribute of the row, written whenever the row is.

    Args:
        of: the name of the attribute.
        person: whether it names a person.
    """

    def __init__(self, *args: Any, of: str = "", person: bool = False, **kwargs: Any) -> None:
        self.of, self.person = of, person
        facts = {"max_length": LENGTH, "editable": False, "db_index": True, "default": ""}
        super().__init__(*args, **{**facts, **kwargs})

    def db_parameters(self, connection: Any) -> Any:
        """Compare keys sign by sign, whatever the language of a PostgreSQL database is."""
        told = super().db_parameters(connection)
        return {**told, "collation": "C"} if connection.vendor == "postgresql" else told

    def deconstruct(self) -> Any:
        """Keep of what it is the key."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of, "person": self.person}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Write the key of what the attribute says now."""
        if not hasattr(model_instance, self.of):
            return getattr(model_instance, self.attname)  # a migration's model has fields alone
        text = str(getattr(model_instance, self.of) or "")
        key = known_key(text, person=self.person)
        setattr(model_instance, self.attname, key)
        return key


@lru_cache(maxsize=4096)
def known_key(text: str, *, person: bool = False) -> str:
    """Return a sort key, remembered: the same names are written again and again."""
    return sort_key(text, person=person)
