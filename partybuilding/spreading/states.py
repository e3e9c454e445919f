"""The steps that the machines of what spreads have in common, each made from its words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from partybuilding.core.states import Role, Step, Text, Tone

#: Who decides on what spreads.
DEPARTMENT = (Role.DEPARTMENT,)
REASON_GIVEN = _("reason given")

Sources = Mapping[Any, tuple[Role, ...]]


def forward(code: str, label: Text, sources: Sources, target: str, needs: Text = "") -> Step:
    """Return a step forward, which may be given an opinion."""
    return Step(code, label, sources, target, asks=("opinion",), tone=Tone.POSITIVE, needs=needs)


def back(
    code: str,
    label: Text,
    sources: Sources,
    target: str,
    needs: Text = REASON_GIVEN,
    *,
    tone: Tone = Tone.WITHDRAWN,
    public_reason: bool = False,
) -> Step:
    """Return a step that undoes, refuses or returns, and asks for a reason."""
    return Step(
        code,
        label,
        sources,
        target,
        asks=("reason",),
        tone=tone,
        needs=needs,
        public_reason=public_reason,
    )
