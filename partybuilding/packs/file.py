"""A pack as a file: one canonical JSON text whose digest two people can read to each other over the telephone."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize

from django.utils.translation import gettext as _

import partybuilding
from partybuilding.core.machine.refusals import ConditionUnmet
from partybuilding.evaluation.arithmetic.canonical import canonical, digest

#: Of this form are files that this program writes; it reads no other.
FORMAT = 1
#: Bytes; a form of forty questions takes some 60,000.
LARGEST = 512 * 1024
DEEPEST = 24
LONGEST_NUMBER = 15


@dataclass(frozen=True)
class Pack:
    """What a file holds: the values of its items by their keys."""

    name: str
    content: Mapping[str, Any]

    @property
    def digest(self) -> str:
        """The digest of name and content: the same rules have the same everywhere."""
        return digest({"name": self.name, "content": self.content})

    @property
    def spoken(self) -> str:
        """The beginning of the digest, to be compared by voice."""
        head = self.digest[:16].upper()
        return " ".join(head[at : at + 4] for at in range(0, 16, 4))

    def written(self) -> bytes:
        """Return the file."""
        return canonical(
            {
                "format": FORMAT,
                "made_with": partybuilding.__version__,
                "name": self.name,
                "digest": self.digest,
                "content": self.content,
            }
        )


class _Damaged(ValueError):
    """A file that no program of ours wrote."""


def read_pack(data: bytes) -> Pack:
    """Read a file.

    Raises:
        ConditionUnmet: it is too large, damaged, altered, or of a form that this program does not know.
    """
    if len(data) > LARGEST:
        raise ConditionUnmet([_("The file is larger than a pack can be.")])
    try:
        said = _parsed(data)
        known = said["format"] == FORMAT
        pack = Pack(said["name"], said["content"]) if known else None
        whole = pack is not None and isinstance(pack.content, dict) and isinstance(pack.name, str)
    except (ValueError, KeyError, TypeError, RecursionError) as fault:
        raise ConditionUnmet([_("This file is not a programme pack, or it is damaged.")]) from fault
    if pack is None or not whole:
        raise ConditionUnmet([_("This pack is of a form that this program does not know.")])
    if said.get("digest") != pack.digest:
        raise ConditionUnmet([_("The pack was altered after it was made: its digest differs.")])
    return pack


def _parsed(data: bytes) -> Any:
    read = json.loads(
        normalize("NFC", data.decode()),
        object_pairs_hook=_once,
        parse_int=_whole,
        parse_float=_refused,
        parse_constant=_refused,
    )
    if _depth(read) > DEEPEST:
        raise _Damaged
    return read


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Damaged
    return found


def _whole(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise _Damaged
    return int(text)


def _refused(text: str) -> Any:
    raise _Damaged


def _depth(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(_depth, inner), default=0)
