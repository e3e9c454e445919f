"""The machine of an opinion (lifecycle.md, "Smaller machines"), and the classes that decisions choose from."""

from dataclasses import replace

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partybuilding.core.states import Due, Role, State, Step, Table, Tone
from partybuilding.core.words.lists import WordList


class OpinionState(TextChoices):
    """Where an opinion stands."""

    RECEIVED = "received", pgettext_lazy("opinion", "Received")
    TRANSFERRED = "transferred", pgettext_lazy("opinion", "Passed on")
    ACCEPTED = "accepted", pgettext_lazy("opinion", "In hand")
    DRAFTED = "drafted", pgettext_lazy("opinion", "Answer awaiting approval")
    ANSWERED = "answered", pgettext_lazy("opinion", "Answered")
    REFUSED = "refused", pgettext_lazy("opinion", "Not taken up")


class RefusalClass(TextChoices):
    """Why an opinion is not taken up."""

    NOT_ABOUT = "not_about", _("Not about a project or commitment")
    OUTSIDE = "outside", _("Outside the competence of the programme")
    UNCLEAR = "unclear", _("Not clear enough to be dealt with")
    DUPLICATE = "duplicate", _("Said before by the same sender")
    PERSONAL = "personal", _("Contains personal data of others")
    ABUSIVE = "abusive", _("Abusive or defamatory")
    ADVERT = "advert", _("Advertising or nonsense")


class Outcome(TextChoices):
    """What came of an opinion (public.md, "Opinions")."""

    ADOPTED = "adopted", pgettext_lazy("outcome", "Adopted")
    PARTLY = "partly", pgettext_lazy("outcome", "Adopted in part")
    EXPLAINED = "explained", pgettext_lazy("outcome", "Explained")
    PASSED_ON = "passed_on", pgettext_lazy("outcome", "Handed to the office in charge")


class Withheld(TextChoices):
    """Why an exchange is not published."""

    PRIVATE = "private", _("Concerns somebody's private affairs")
    ASKED = "asked", _("The sender asked for it")
    REPEATED = "repeated", _("The same was published before")
    UNSUITED = "unsuited", _("Concerns matters that are not made public")


OUTCOMES = WordList(
    "outcome",
    _("Outcomes of opinions"),
    Outcome,
    explained=_("What came of an opinion; its sender and all residents read it beside the answer."),
    reserved=list(Outcome),
)
REFUSALS = WordList(
    "refusal",
    _("Why opinions are not taken up"),
    RefusalClass,
    explained=_("Its sender reads it, with the words of whoever decided."),
    grows=True,
)

S = OpinionState
#: Where nothing more happens; every other state is open.
FINAL = (S.ANSWERED, S.REFUSED)
OPEN = tuple(state for state in S if state not in FINAL)

#: The steps of the status strip.
STRIP = (
    pgettext_lazy("opinion", "Receipt"),
    pgettext_lazy("opinion", "Handling"),
    pgettext_lazy("opinion", "Approval of the answer"),
    pgettext_lazy("opinion", "Answer"),
)

STATES = (
    State(
        S.RECEIVED.value,
        S.RECEIVED.label,
        public=S.RECEIVED.label,
        strip=1,
        holders=(Role.UNIT,),
        due=Due(date="accept_by"),
        tone=Tone.WAITING,
    ),
    State(
        S.TRANSFERRED.value,
        S.TRANSFERRED.label,
        public=S.TRANSFERRED.label,
        strip=1,
        holders=(Role.UNIT,),
        due=Due(date="accept_by"),
        tone=Tone.WAITING,
    ),
    State(
        S.ACCEPTED.value,
        S.ACCEPTED.label,
        public=S.ACCEPTED.label,
        strip=2,
        holders=(Role.UNIT,),
        due=Due(date="answer_by"),
        tone=Tone.ACTIVE,
    ),
    State(
        S.DRAFTED.value,
        S.DRAFTED.label,
        public=S.ACCEPTED.label,
        strip=3,
        holders=(Role.DEPARTMENT,),
        due=Due(date="answer_by"),
        tone=Tone.WAITING,
    ),
    State(S.ANSWERED.value, S.ANSWERED.label, public=S.ANSWERED.label, strip=4, tone=Tone.POSITIVE),
    State(S.REFUSED.value, S.REFUSED.label, public=S.REFUSED.label, tone=Tone.NEGATIVE),
)

_HANDLERS = (Role.UNIT, Role.DEPARTMENT)
_NEW: dict[str, tuple[Role, ...]] = {S.RECEIVED: _HANDLERS, S.TRANSFERRED: _HANDLERS}

STEPS = (
    Step(
        "accept",
        pgettext_lazy("opinion", "Take up"),
        _NEW,
        S.ACCEPTED,
        tone=Tone.POSITIVE,
        needs=_("not of the organizations that carry out the project"),
    ),
    Step(
        "draft",
        pgettext_lazy("opinion", "Draft the answer"),
        {S.ACCEPTED: _HANDLERS},
        S.DRAFTED,
        tone=Tone.POSITIVE,
        needs=_("answer without numbers of persons, with its outcome"),
    ),
    Step(
        "approve",
        pgettext_lazy("opinion", "Approve the answer"),
        {S.DRAFTED: (Role.DEPARTMENT,)},
        S.ANSWERED,
        tone=Tone.POSITIVE,
        needs=_("not by whoever drafted the answer"),
    ),
    Step(
        "send_back",
        pgettext_lazy("opinion", "Send the draft back"),
        {S.DRAFTED: (Role.DEPARTMENT,)},
        S.ACCEPTED,
        asks=("reason",),
        tone=Tone.WAITING,
        needs=_("reason given"),
    ),
    Step(
        "transfer",
        pgettext_lazy("opinion", "Pass on to another unit"),
        {**_NEW, S.ACCEPTED: _HANDLERS},
        S.TRANSFERRED,
        asks=("reason",),
        tone=Tone.WAITING,
        needs=_("another reporting unit; reason given; the clock runs on"),
    ),
    Step(
        "prolong",
        pgettext_lazy("opinion", "Extend the time"),
        {S.ACCEPTED: _HANDLERS},
        S.ACCEPTED,
        asks=("reason",),
        tone=Tone.WAITING,
        needs=_("once; a reason, which the sender reads"),
    ),
    Step(
        "refuse",
        pgettext_lazy("opinion", "Do not take up"),
        {**_NEW, S.ACCEPTED: _HANDLERS},
        S.REFUSED,
        asks=("reason",),
        tone=Tone.NEGATIVE,
        needs=_("a class of reasons, and words that the sender reads"),
        bulk=True,
    ),
)

TABLE = Table(STATES, STEPS)
#: The same for what no unit has: the department has it.
TABLE_OF_DEPARTMENT = Table(
    tuple(replace(row, holders=(Role.DEPARTMENT,)) if row.holders else row for row in STATES),
    STEPS,
)
