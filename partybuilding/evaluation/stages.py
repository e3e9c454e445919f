"""The stages of a year's evaluation as a list of tasks: where each stands, and what to do next."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.core.machine.wording import day_words
from partybuilding.core.states import Tone
from partybuilding.cycles.models import Cycle
from partybuilding.cycles.states import CycleState
from partybuilding.evaluation.selectors.standing import Standing
from partybuilding.evaluation.states import DrawKind, DrawState, RunState


@dataclass(frozen=True)
class Stage:
    """One stage.

    Args:
        code: names it in templates and tests.
        label: its name.
        tone: positive when it is done, waiting when something is to be done, active while others are
            at it, neutral when its time has not come.
        said: where it stands, in figures.
        url: where it is done; empty while there is no such screen.
        action: the next thing to do there.
    """

    code: str
    label: str
    tone: Tone
    said: str
    url: str = ""
    action: str = ""

    @property
    def word(self) -> str:
        """Where it stands, in a word."""
        return {
            Tone.POSITIVE: pgettext("stage", "Done"),
            Tone.ACTIVE: pgettext("stage", "Under way"),
            Tone.WAITING: pgettext("stage", "To do"),
        }.get(self.tone, pgettext("stage", "Not yet"))


def address(name: str, cycle: Cycle) -> str:
    """Return the address of a screen of a year."""
    return reverse(f"partybuilding:{name}", args=[cycle.year])


def stages_of(standing: Standing) -> list[Stage]:
    """Return the stages of a year in their order."""
    return [stage(standing) for stage in STAGES]


def next_of(stages: list[Stage]) -> Stage | None:
    """Return the first stage in which something is to be done; else the first that is under way."""
    for tone in (Tone.WAITING, Tone.ACTIVE):
        found = next((one for one in stages if one.tone == tone), None)
        if found is not None:
            return found
    return None


def _rules(now: Standing) -> Stage:
    label, url = _("Rules of the evaluation"), address("evaluation_rules", now.cycle)
    if now.rules is None and now.cycle.is_frozen:
        said = _("The rules of the year are in use; how it is judged has not been laid down yet.")
        return Stage("rules", label, Tone.WAITING, said, url, _("Supplement the rules"))
    if now.rules is None:
        said = _("As delivered so far. They are in use once applications open.")
        return Stage("rules", label, Tone.WAITING, said, url, _("Look through the rules"))
    facts = {"method": now.rules.get_method_display(), "needed": now.rules.sheets_needed}
    said = _("%(method)s; %(needed)s sheets for each project.") % facts
    if not now.rules.is_frozen:
        return Stage("rules", label, Tone.ACTIVE, said, url, _("Look through the rules"))
    return Stage("rules", label, Tone.POSITIVE, said, url, _("Read the rules"))


def _groups(now: Standing) -> Stage:
    label, sizes = _("Expert groups"), now.sizes
    url = reverse("party_groups_modeladmin_index")
    if not sizes.groups:
        said = _("No group has been formed yet. Seven experts a group serve best.")
        return Stage("groups", label, Tone.WAITING, said, url, _("Form the groups"))
    facts = {"n": sizes.groups, "least": sizes.smallest, "most": sizes.largest}
    said = _("%(n)s groups of %(least)s experts.") % facts
    if sizes.smallest != sizes.largest:
        said = _("%(n)s groups of %(least)s to %(most)s experts.") % facts
    if sizes.without_leader:
        said += _("%(n)s of them have no leader.") % {"n": sizes.without_leader}
        return Stage("groups", label, Tone.ACTIVE, said, url, _("Name the leaders"))
    return Stage("groups", label, Tone.POSITIVE, said, url, _("See the groups"))


def _draws(now: Standing) -> Stage:
    label, url = _("Draws"), address("draws", now.cycle)
    kinds = [DrawKind.GROUPS, *([DrawKind.PEERS] if now.cycle.weight_peer else [])]
    states = [now.draws[kind].state_row.label if kind in now.draws else _("not announced")
              for kind in kinds]  # fmt: skip
    said = "；".join(f"{kind.label}：{state}" for kind, state in zip(kinds, states, strict=True))
    if now.rules is None:
        return Stage("draws", label, Tone.NEUTRAL, said, url)
    if all(kind in now.draws and now.draws[kind].state == DrawState.APPLIED for kind in kinds):
        return Stage("draws", label, Tone.POSITIVE, said, url, _("See the draws"))
    held = any(one.state == DrawState.DRAWN for one in now.draws.values())
    announced = any(one.state == DrawState.ANNOUNCED for one in now.draws.values())
    action = _("Announce a draw")
    if held:
        action = _("Put the result into force")
    elif announced:
        action = _("Hold the draw")
    return Stage("draws", label, Tone.WAITING, said, url, action)


def _sheets(now: Standing) -> Stage:
    label, url = pgettext("evaluation", "Score sheets"), address("progress", now.cycle)
    experts, peers = now.experts, now.peers
    if not experts["asked"] and not peers["asked"]:
        said = _("They are laid out when a draw is put into force.")
        return Stage("sheets", label, Tone.NEUTRAL, said, url)
    parts = [
        _("Experts: %(locked)s of %(asked)s handed in") % experts if experts["asked"] else "",
        _("Peers: %(locked)s of %(asked)s handed in") % peers if peers["asked"] else "",
    ]
    recusals, late = (experts[name] + peers[name] for name in ("recusals", "late"))
    if late:
        parts.append(_("%(n)s overdue") % {"n": late})
    if recusals:
        parts.append(_("%(n)s recusals to decide") % {"n": recusals})
    said = "；".join(filter(None, parts))
    if recusals:
        return Stage("sheets", label, Tone.WAITING, said, url, _("Decide the recusals"))
    if experts["locked"] + peers["locked"] < experts["asked"] + peers["asked"]:
        return Stage("sheets", label, Tone.ACTIVE, said, url, _("See who still scores"))
    return Stage("sheets", label, Tone.POSITIVE, said, url, _("See the progress"))


def _daily(now: Standing) -> Stage:
    label, url = _("Day-to-day knowledge"), address("progress", now.cycle)
    facts = {"given": now.ratings, "needed": now.ratings_needed}
    said = _("%(given)s of %(needed)s ratings given by units and the task force.") % facts
    if not now.cycle.weight_daily:
        said = _("It has no weight this year.")
        return Stage("daily", label, Tone.POSITIVE, said)
    if now.cycle.state != CycleState.EVALUATING and not now.ratings:
        return Stage("daily", label, Tone.NEUTRAL, _("Given while the year is being evaluated."))
    tone = Tone.POSITIVE if now.ratings >= now.ratings_needed else Tone.ACTIVE
    return Stage("daily", label, tone, said, url, _("See who still rates"))


def _run(now: Standing) -> Stage:
    label, url = _("Run of the evaluation"), address("evaluation_runs", now.cycle)
    if now.run is None:
        is_time = now.cycle.state == CycleState.EVALUATING and now.experts["locked"]
        said = _("No result has been computed yet.")
        action = _("Compute a run") if url and is_time else ""
        return Stage("run", label, Tone.WAITING if is_time else Tone.NEUTRAL, said, url, action)
    said = f"{now.run}：{now.run.state_row.label}"
    if now.run.state == RunState.COMPUTED:
        return Stage("run", label, Tone.WAITING, said, url, _("Look at the preview and freeze it"))
    return Stage("run", label, Tone.POSITIVE, said, url, _("See the run"))


def _comment(now: Standing) -> Stage:
    label, run = _("Public comment"), now.run
    url = reverse("party_objections_modeladmin_index")
    days = now.rules.notice_days if now.rules else 0
    said = _("%(days)s working days, once the run is frozen.") % {"days": days}
    if run is None or run.state == RunState.COMPUTED:
        return Stage("comment", label, Tone.NEUTRAL, said if days else "", url)
    if run.state == RunState.FROZEN:
        said = _("%(days)s working days from the day after it is opened.") % {"days": days}
        where = address("evaluation_runs", now.cycle)
        return Stage("comment", label, Tone.WAITING, said, where, _("Open the result to comment"))
    day = day_words(run.notice_ends_on) if run.notice_ends_on else ""
    said = _("Until %(day)s.") % {"day": day}
    if now.open_objections:
        said += _("%(n)s objections wait for an answer.") % {"n": now.open_objections}
        return Stage("comment", label, Tone.WAITING, said, url, _("Answer the objections"))
    tone = Tone.POSITIVE if run.state == RunState.ANNOUNCED else Tone.ACTIVE
    return Stage("comment", label, tone, said, url, _("See the objections"))


def _announcement(now: Standing) -> Stage:
    label, url = _("Announcement of the grades"), address("evaluation_runs", now.cycle)
    if now.run is not None and now.run.state == RunState.ANNOUNCED:
        said = _("All grades were announced at once.")
        return Stage("announcement", label, Tone.POSITIVE, said, url)
    said = _("After the public comment, when no objection is open.")
    return Stage("announcement", label, Tone.NEUTRAL, said, url)


def _awards(now: Standing) -> Stage:
    label, url = _("Bonus points and award money"), reverse("party_awards_modeladmin_index")
    if not now.awards:
        said = _("Entered into the ledgers with the announcement.")
        return Stage("awards", label, Tone.NEUTRAL, said, url)
    said = _("%(paid)s of %(all)s awards paid.") % {"paid": now.paid, "all": now.awards}
    if now.paid < now.awards:
        return Stage("awards", label, Tone.WAITING, said, url, _("Record the payments"))
    return Stage("awards", label, Tone.POSITIVE, said, url)


#: The stages in their order; each tells of a standing where it is.
STAGES: tuple[Callable[[Standing], Stage], ...] = (
    _rules,
    _groups,
    _draws,
    _sheets,
    _daily,
    _run,
    _comment,
    _announcement,
    _awards,
)
