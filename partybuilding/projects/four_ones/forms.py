"""The form of the four ones: name, post and account for each duty, and from which day on."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.core.text.validators import OnPaper
from partybuilding.organizations.forms.fields import day_field
from partybuilding.projects.four_ones.selectors import accounts_for
from partybuilding.projects.models import FourOnesPost, Project
from partybuilding.projects.preparation.selectors import DutyRow
from partybuilding.projects.states import Duty


class FourOnesForm(OnPaper, forms.Form):
    """Who holds the four ones: name, post and account for each duty; one day for all that changes."""

    since = day_field(
        _("Takes effect on"),
        required=False,
        help_text=_("For every duty that changes. A later day is announced when it comes."),
    )

    def __init__(
        self, *args: Any, project: Project, rows: Iterable[DutyRow], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = timezone.localdate()
        self.duty_rows = list(rows)
        for row in self.duty_rows:
            self._add(project, row)

    def _add(self, project: Project, row: DutyRow) -> None:
        name, post = _held_or_proposed(project, row)
        columns: dict[str, Any] = {one.name: one for one in FourOnesPost._meta.fields}
        lengths = {part: columns[part].max_length for part in ("name", "post")}
        self.fields[f"{row.duty}_name"] = forms.CharField(
            label=_("name of the person"),
            max_length=lengths["name"],
            required=False,
            initial=name,
        )
        self.fields[f"{row.duty}_post"] = forms.CharField(
            label=_("post"), max_length=lengths["post"], required=False, initial=post
        )
        if row.duty == Duty.TEAM:
            return
        held = row.now and row.now.person
        choices = [("", _("No account"))] + [
            (str(pk), words) for pk, words in accounts_for(project, row.duty)
        ]
        if held and str(held.pk) not in dict(choices):
            choices.append((str(held.pk), held.get_full_name() or held.get_username()))
        self.fields[f"{row.duty}_account"] = forms.ChoiceField(
            label=_("account of the person"),
            choices=choices,
            required=False,
            initial=str(held.pk) if held else "",
        )

    @property
    def rows(self) -> list[tuple[DutyRow, list[forms.BoundField]]]:
        """Each duty with its fields."""
        parts = ("name", "post", "account")
        return [
            (
                row,
                [
                    self[f"{row.duty}_{part}"]
                    for part in parts
                    if f"{row.duty}_{part}" in self.fields
                ],
            )
            for row in self.duty_rows
        ]

    @property
    def people(self) -> dict[str, tuple[str, str, Any]]:
        """Name, post and account by duty."""
        given = self.cleaned_data
        asked: dict[str, Any] = {
            row.duty: given.get(f"{row.duty}_account") for row in self.duty_rows
        }
        accounts = get_user_model()._default_manager.in_bulk([pk for pk in asked.values() if pk])
        return {
            row.duty.value: (
                given[f"{row.duty}_name"],
                given[f"{row.duty}_post"],
                accounts.get(int(asked[row.duty])) if asked[row.duty] else None,
            )
            for row in self.duty_rows
        }

    def clean(self) -> dict[str, Any]:
        """Ask for a successor instead of an empty place, and for a name beside a post or account."""
        cleaned = super().clean() or {}
        for row in self.duty_rows:
            field = f"{row.duty}_name"
            if cleaned.get(field):
                continue
            if row.now is not None:
                self.add_error(field, _("Who holds a duty can be replaced, not removed."))
            elif cleaned.get(f"{row.duty}_post") or cleaned.get(f"{row.duty}_account"):
                self.add_error(field, _("Give the name."))
        return cleaned


def _held_or_proposed(project: Project, row: DutyRow) -> tuple[str, str]:
    if row.now is not None:
        return row.now.name, row.now.post
    if row.duty == Duty.SECRETARY:
        return project.organization.secretary_name, project.organization.secretary_post
    return "", ""
