"""The editor's form of a notice: what the settings propose, and what is asked before it is handed in."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.column.notices.office import office
from partybuilding.core.pages import ColumnPageForm
from partybuilding.organizations.models import IssuingBody


def proposed() -> dict[str, str]:
    """Return what a new notice says of issuer and objections until somebody changes it."""
    known = office()
    return {
        "issuer": IssuingBody.on(timezone.localdate()).name,
        "objection_office": known.name,
        "objection_phone": known.phone,
        "objection_address": known.address,
        "objection_email": known.email,
        "objection_form": known.form,
    }


class NoticePageForm(ColumnPageForm):
    """A draft is free; what is handed in must be complete, and keep what was published."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.initial.update(proposed())

    def is_valid(self) -> bool:
        """Ask the notice's own rules once its corrections are known too."""
        if not super().is_valid():
            return False
        if self.is_handed_in:
            for sentence in (*self.instance.problems(timezone.localdate()), *self._touched()):
                self.add_error(None, sentence)
        return not self.errors

    def _touched(self) -> Iterator[str]:
        """Name what of a published notice's parts was changed; the notice itself has not got them yet."""
        if self.instance.published is None:
            return
        corrections = self.formsets["corrections"]
        if any(form.has_changed() and form.instance.said_on for form in corrections.forms):
            yield _("Published corrections stay as they are; add another one.")
