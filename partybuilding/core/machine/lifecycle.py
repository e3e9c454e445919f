"""Draw the machines as a document: states, steps, the rights of every role in every state, a diagram.

The document is for people who read Chinese; it is drawn under zh-hans from the tables alone.
"""

from collections.abc import Iterator

from django.utils.translation import override

from partybuilding.core.machine.registry import Machine, all_machines
from partybuilding.core.states import Due, Role, Table

HEAD = """# Lifecycles

Drawn from the machines' tables by `manage.py lifecycle`; a test keeps it current. Do not edit.
A cell of a rights table names the steps that the role may take from the state, if the conditions hold.
"""
NAMES = {
    "brand": "Brand (品牌)",
    "case": "Case study (案例)",
    "change": "Change of a commitment (承诺调整)",
    "cycle": "Programme year (年度批次)",
    "feedback": "Feedback notice (反馈通报)",
    "opinion": "Opinion (群众意见)",
    "project": "Project (项目)",
    "question": "Question on a report (核实)",
    "rectification": "Rectification (整改)",
}


def lifecycle_document() -> str:
    """Return the whole document as Markdown."""
    with override("zh-hans"):
        parts = [HEAD, *(section for m in all_machines() for section in _machine(m))]
    return "\n".join(parts).rstrip() + "\n"


def _machine(machine: Machine) -> Iterator[str]:
    table = machine.table
    yield f"## {NAMES.get(machine.code, machine.code)}\n"
    yield "### States\n"
    yield _rows(
        ("code", "label", "public", "strip", "holders", "due", "editable by"), _states(table)
    )
    yield "### Steps\n"
    yield _rows(("step", "label", "from → to", "who", "must hold"), _steps(table))
    yield "### Rights: every state × role\n"
    roles = [role for role in Role if any(role in step.roles() for step in table.steps)]
    yield _rows(("state", *(str(role.label) for role in roles)), _rights(table, roles))
    yield "### Diagram\n"
    yield _diagram(table)


def _rows(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _states(table: Table) -> Iterator[tuple[str, ...]]:
    for state in table.states:
        yield (
            f"`{state.code}`",
            str(state.label),
            str(state.public) or "hidden",
            str(state.strip or "–"),
            "、".join(str(role.label) for role in state.holders) or "–",
            _due(state.due),
            str(state.editable_by.label) if state.editable_by else "–",
        )


def _due(due: Due | None) -> str:
    if due is None:
        return "–"
    return f"`{due.date}`" if due.date else f"`{due.days}` working days"


def _steps(table: Table) -> Iterator[tuple[str, ...]]:
    for step in table.steps:
        sources = ", ".join(str(state) for state in step.sources)
        yield (
            f"`{step.code}`",
            str(step.label),
            f"{sources} → {step.target or 'the state it came from'}",
            "、".join(str(role.label) for role in step.roles()),
            str(step.needs) or "–",
        )


def _rights(table: Table, roles: list[Role]) -> Iterator[tuple[str, ...]]:
    for state in table.states:
        cells = (
            "、".join(
                str(step.label)
                for step in table.steps_from(state.code)
                if role in step.sources[state.code]
            )
            for role in roles
        )
        yield (str(state.label), *(cell or "–" for cell in cells))


def _diagram(table: Table) -> str:
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f"    {state.code}: {state.label}" for state in table.states]
    lines.append(f"    [*] --> {table.states[0].code}")
    for step in table.steps:
        for source in step.sources:
            if step.target:
                lines.append(f"    {source} --> {step.target}: {step.label}")
    return "\n".join([*lines, "```", ""])
