"""Write texts: each saving is a new version, and a paper keeps the version it was written in."""

from django.db import transaction
from django.utils.translation import gettext as _

from partybuilding.core.machine.attempts import identify
from partybuilding.core.machine.refusals import ConditionUnmet, NotYours, Overtaken
from partybuilding.core.papers.data import clean
from partybuilding.core.papers.typesetting import listing_of, missing_characters
from partybuilding.core.text.personal_data import findings
from partybuilding.core.texts import Wording
from partybuilding.core.types import AnyUser, User
from partybuilding.texts.models import Text
from partybuilding.texts.permissions import user_can_edit_texts
from partybuilding.texts.register import EditedText
from partybuilding.texts.selectors import versions_of


def tidied(body: str) -> str:
    """Return a body as it is kept: composed, without blanks around its lines and empty lines at its ends."""
    return "\n".join(row.strip() for row in clean(body).split("\n")).strip("\n")


def faults_of(wording: Wording, body: str) -> list[str]:
    """Say in words all that keeps a body from being saved."""
    faults = wording.faults(body)
    if missing := missing_characters(body):
        words = _("Papers cannot print %(characters)s; take it out or write it in words.")
        faults.append(words % {"characters": listing_of(missing)})
    for found in findings(body):
        words = _("%(kind)s does not belong into a text for everybody: %(excerpt)s")
        faults.append(words % {"kind": found.kind.label, "excerpt": found.excerpt})
    return faults


def save_text(text: EditedText, body: str, *, by: AnyUser, seen: int | None = None) -> Text:
    """Keep a body as the newest version; what changes nothing makes none.

    Args:
        seen: the version that was the newest when the editor was opened; 0 when there was none.

    Raises:
        NotYours: only the department and administrators word the texts.
        Overtaken: somebody saved a version meanwhile.
        ConditionUnmet: it cannot be used; the sentences say why.
    """
    if not user_can_edit_texts(by):
        raise NotYours([_("Only the Organization Department words letters and messages.")])
    wording, body = text.wording, tidied(body)
    if faults := faults_of(wording, body):
        raise ConditionUnmet(faults)
    with transaction.atomic():
        newest = versions_of(wording.code).select_for_update().first()
        if seen is not None and seen != (newest.version if newest else 0):
            raise Overtaken(
                [_("Somebody saved this text meanwhile; open it anew and look at it first.")]
            )
        if newest and (newest.body, newest.delivered) == (body, wording.delivered):
            return newest
        assert by.is_authenticated
        return _keep(wording, body, newest, by=by)


def reset_text(text: EditedText, *, by: AnyUser, seen: int | None = None) -> Text:
    """Go back to the delivered text, as a new version.

    Raises:
        NotYours: only the department and administrators word the texts.
        Overtaken: somebody saved a version meanwhile.
    """
    return save_text(text, text.wording.delivered, by=by, seen=seen)


def version_in_use(wording: Wording) -> int:
    """Return the number of the words in use, for a paper that keeps it.

    The delivered text becomes a version when the first paper is written in it, so that the paper reads
    the same after a release with other words. Words that cannot be used give 0: the delivered ones.
    """
    newest = versions_of(wording.code).first()
    if newest and newest.is_own:
        return 0 if wording.faults(newest.body) else newest.version
    if newest and newest.body == wording.delivered:
        return newest.version
    return _keep(wording, wording.delivered, newest).version


def texts_kept(*wordings: Wording) -> dict[str, dict[str, int]]:
    """Return what a step keeps in the trail of the texts that its papers are written in."""
    return {"texts": {one.code: version_in_use(one) for one in wordings}}


def _keep(wording: Wording, body: str, newest: Text | None, *, by: User | None = None) -> Text:
    """Add a version; who comes second to the same number finds what the first one kept."""
    kept, made = Text.objects.get_or_create(
        code=wording.code,
        version=newest.version + 1 if newest else 1,
        defaults={
            "body": body,
            "delivered": wording.delivered,
            "by": by,
            "by_name": identify(by).name if by else "",
        },
    )
    if not made and kept.body != body and by is not None:
        raise Overtaken(
            [_("Somebody saved this text meanwhile; open it anew and look at it first.")]
        )
    return kept
