"""Keep what somebody types into a form of this room until it is sent."""

from collections.abc import Mapping
from typing import Any

from partybuilding.progress.models import Draft


def keep_draft(form: str, said: Mapping[str, list[str]], *, by: Any) -> Draft:
    """Keep the text of a form; the newest stands in the place of the one before."""
    draft, _made = Draft.objects.update_or_create(by=by, form=form, defaults={"said": dict(said)})
    return draft


def drop_draft(form: str, *, by: Any) -> None:
    """Forget the text of a form that was sent."""
    Draft.objects.filter(by=by, form=form).delete()
