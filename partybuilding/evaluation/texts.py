"""The texts of judging that the department may word: the letter of explanation and the certificate."""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.core.papers.certificates import Certificate
from partybuilding.core.papers.data import chinese_date, single_line
from partybuilding.core.papers.letters import LetterOutline
from partybuilding.core.types import AnyUser
from partybuilding.evaluation.documents.certificates import awards_of, certificate_of, drawn
from partybuilding.evaluation.documents.explanation import day_of, outline_of
from partybuilding.evaluation.models import Award
from partybuilding.evaluation.selectors.explained import Explained, told_run
from partybuilding.evaluation.wording import CERTIFICATE, EXPLANATION
from partybuilding.organizations.models import IssuingBody
from partybuilding.texts.register import EditedText
from partybuilding.texts.samples import ADDRESSEE, sample_letter


def _awards(user: AnyUser) -> "QuerySet[Award]":
    """Return the awards that a user sees, the newest year first."""
    found = Award.objects.visible_to(user)
    return found.select_related("project__cycle", "organization", "grade", "run")


def _letter(body: str, award: Award | None) -> LetterOutline:
    run = told_run(award.project) if award else None
    told = Explained(run).of(award.project_id) if award and run else None
    if run is None or told is None:
        return sample_letter(EXPLANATION, body)
    return outline_of(told, run, IssuingBody.on(day_of(run)), body)


def _certificate(body: str, award: Award | None) -> Certificate:
    today = timezone.localdate()
    issuer = IssuingBody.on(today)
    if award is None:
        return drawn(
            body,
            CERTIFICATE.samples,
            recipient=ADDRESSEE,
            number="",
            issuer=single_line(issuer.name),
            day=chinese_date(today),
        )
    own = list(awards_of(award.run).filter(project=award.project_id))
    place = own.index(award)
    day = day_of(award.run)
    return certificate_of(own[place], place + 1, IssuingBody.on(day), day, body)


TEXTS = (
    EditedText(EXPLANATION, _("Letter of explanation"), _letter, _awards),
    EditedText(CERTIFICATE, _("Certificate of honour"), _certificate, _awards),
)
