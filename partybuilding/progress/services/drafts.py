"""Keep what somebody types into a form of this room until it is sent."""

from collections.abc import Mapping

from partybuilding.core.types import AnyUser
from partybuilding.progress.models import Draft


def keep_draft(form: str, said: Mapping[str, list[str]], *, by: AnyUser) -> Draft:
    """Keep the text of a form; the newest stands in the place of the one before."""
    assert by.is_authenticated
    draft, _made = Draft.objects.update_or_create(by=by, form=form, defaults={"said": dict(said)})
    return draft


def drop_draft(form: str, *, by: AnyUser) -> None:
    """Forget the text of a form that was sent."""
    assert by.is_authenticated
    Draft.objects.filter(by=by, form=form).delete()
