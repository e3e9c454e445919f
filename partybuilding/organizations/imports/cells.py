"""What one cell of a workbook says as text; what Excel made of it is named, not guessed."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

from partybuilding.core.text.characters import clean_line
from partybuilding.organizations.imports.columns import Column

#: Excel keeps fifteen digits of a number; of longer ones the end is lost.
MOST_DIGITS = 15
ZEROS = re.compile(r"0+")


class Unreadable(Exception):
    """A cell cannot be taken as text; the sentence says what to do."""


def text_of(column: Column, shown: Any, written: Any) -> str:
    """Return a cell's text.

    Args:
        shown: the cell with its value.
        written: the same cell with its formula.

    Raises:
        Unreadable: it holds an error, a date, TRUE or FALSE, a number, or a formula without a value.
    """
    value = getattr(shown, "value", None)
    if value is None:
        if getattr(written, "data_type", "") == "f":
            raise Unreadable(
                _("A formula without a value; open the file, save it, or type the text.")
            )
        return ""
    if shown.data_type == "e":
        raise Unreadable(_("An error of a formula (%(value)s); type the text.") % {"value": value})
    if isinstance(value, bool):
        return _yes_or_no(column, value)
    if isinstance(value, date | datetime | time | timedelta):
        raise Unreadable(_("Excel made this a date; set the cell to Text and type it again."))
    if isinstance(value, int | float):
        return _digits(column, value, shown.number_format)
    text = unicodedata.normalize("NFC", clean_line(str(value))).strip()
    return unicodedata.normalize("NFKC", text).strip() if column.is_code or column.words else text


def _yes_or_no(column: Column, value: bool) -> str:
    if set(column.offered) != {"是", "否"}:
        said = "TRUE" if value else "FALSE"
        raise Unreadable(_("Excel made this %(value)s; set the cell to Text.") % {"value": said})
    return "是" if value else "否"


def _digits(column: Column, value: float, number_format: str) -> str:
    """Write a number as a code, with the zeros that its format shows."""
    if not column.is_code:
        raise Unreadable(_("A number stands here; type the text."))
    if value != int(value) or value < 0:
        raise Unreadable(_("A number with decimals or a sign is no code; set the cell to Text."))
    digits = str(int(value))
    if len(digits) > MOST_DIGITS:
        raise Unreadable(_("The number is so long that Excel loses its end; set the cell to Text."))
    return digits.zfill(len(number_format)) if ZEROS.fullmatch(number_format or "") else digits
