"""What of the site's looks a programme pack takes along: colour, order of the front page, lines."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from home.office import settings_of_site
from home.site_settings import DELIVERED_ORDER, ColumnSettings, FrontParts
from partybuilding.core.types import AnyUser
from partybuilding.packs.item import Item, of_installation

TEXTS = ("color", "tagline", "description")


def items_of_looks() -> Iterator[Item]:
    """Yield an item for each; name, host, telephone and records are the installation's own and stay at home."""
    for name in TEXTS:
        yield _item(
            name, partial(_text, name), lambda value: str(value) or _("as it was delivered")
        )
    yield _item("front", _order, _parts)


def _item(name: str, checked: Any, words: Any) -> Item:
    field: Any = ColumnSettings._meta.get_field(name)
    return of_installation(
        f"looks.{name}",
        field.verbose_name,
        stands=partial(_stands, name),
        checked=checked,
        write=partial(_write, name),
        words=words,
        may=lambda user: user.has_perm("home.change_columnsettings"),
    )


def _stands(name: str) -> Any:
    said = getattr(settings_of_site(), name)
    return [block.block_type for block in said] if name == "front" else said


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise ValidationError(_("This is no text."))
    said = ColumnSettings(**{name: value})
    said.clean_fields(exclude={one.name for one in ColumnSettings._meta.fields} - {name})
    said.clean()
    return str(getattr(said, name))


def _order(value: Any) -> list[str]:
    known = isinstance(value, list) and all(one in DELIVERED_ORDER for one in value)
    if not known or len(set(value)) < len(value):
        raise ValidationError(_("This is no order of the front page."))
    return list(value)


def _parts(value: list[str]) -> str:
    labels = {name: block.label for name, block in FrontParts.base_blocks.items()}
    return " → ".join(str(labels[name]) for name in value) or _("as it was delivered")


def _write(name: str, value: Any, by: AnyUser) -> None:
    said = settings_of_site()
    setattr(said, name, [(one, None) for one in value] if name == "front" else _text(name, value))
    said.save()
    log(instance=said, action="wagtail.edit", user=by)
