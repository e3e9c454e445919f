"""Questions that are answered with a number or a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from partybuilding.core.papers.data import chinese_date
from partybuilding.core.sheets.questions import Question

DIGITS = 12


class DayInput(forms.DateInput):
    """A native date input; browsers without one take 2026-03-05 as text."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


@dataclass(frozen=True, kw_only=True, eq=False)
class Number(Question):
    """A number with its unit; `places` are its decimals, `least` and `most` may be open."""

    unit: str = ""
    places: int = 0
    least: int | None = None
    most: int | None = None
    kind = "number"
    name = _("Number")

    @classmethod
    def limits(cls, said: Mapping[str, Any]) -> dict[str, Any]:
        open_ones = {name: said.get(name) for name in ("least", "most")}
        return {"unit": said.get("unit", ""), "places": said.get("places", 0), **open_ones}

    def say(self, value: Any) -> str:
        if value is None:
            return ""
        space = " " if self.unit[:1].isascii() and self.unit else ""
        return f"{Decimal(str(value)):f}{space}{self.unit}"

    def cell(self, record: Any) -> Any:
        value = self.value(record)
        return "" if value is None else value

    def canonical(self, value: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            return None
        try:
            number = Decimal(str(value))
            fits = number.is_finite() and number == round(number, self.places)
        except InvalidOperation:
            return None
        if not fits or abs(number) >= 10 ** (DIGITS - self.places):
            return None
        return int(number) if number == int(number) else float(number)

    def input_class(self) -> type[forms.Field]:
        return forms.DecimalField

    def input_options(self) -> dict[str, Any]:
        limits = {"min_value": self.least, "max_value": self.most}
        shown = forms.NumberInput(attrs={"inputmode": "decimal" if self.places else "numeric"})
        return {**limits, "max_digits": DIGITS, "decimal_places": self.places, "widget": shown}

    def input(self) -> forms.Field:
        field = super().input()
        if self.unit:
            field.label = format_lazy(_("{question} ({unit})"), question=self.label, unit=self.unit)
        return field


@dataclass(frozen=True, kw_only=True, eq=False)
class Day(Question):
    """A day of the calendar."""

    kind = "date"
    name = _("Day")

    def say(self, value: Any) -> str:
        return chinese_date(date.fromisoformat(value)) if value else ""

    def canonical(self, value: Any) -> Any:
        if isinstance(value, date):
            return value.isoformat()[:10]
        try:
            return date.fromisoformat(value).isoformat() if isinstance(value, str) else None
        except ValueError:
            return None

    def initial(self, value: Any) -> Any:
        return date.fromisoformat(value) if value else None

    def input_class(self) -> type[forms.Field]:
        return forms.DateField

    def input_options(self) -> dict[str, Any]:
        return {"widget": DayInput}
