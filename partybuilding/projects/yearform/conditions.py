"""Conditions as they are written, by the words of an earlier question, and as they are kept, by its key."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from partybuilding.core.rules import Sentence
from partybuilding.core.sheets import Choice, Field
from partybuilding.core.sheets.kinds.choices import NO, YES, OneOf
from partybuilding.core.words.lists import WordList
from partybuilding.organizations.states import KINDS
from partybuilding.projects.sheet import APPLICATION

BETWEEN = re.compile(r"[、,，;；\n]+")
#: Of a fact of the registers, the words and codes that a condition may name.
KIND_OF_ORGANIZATION = "organization"

Codes = dict[str, str]


class Asked:
    """The questions that stand before a place and can be named in a condition.

    Args:
        before: the content that was saved last; by its words, too, a question or option is found that
            was renamed since.
    """

    def __init__(self, before: Mapping[str, Any]) -> None:
        self._names: dict[str, list[str]] = {}
        self._codes: dict[str, Codes] = {}
        self._labels: dict[str, str] = {}
        self._old: dict[str, tuple[str, Codes]] = {KIND_OF_ORGANIZATION: ("", KINDS.former())}
        self._old_names: dict[str, str] = {}
        for field in (one for part in before["parts"] for one in part["fields"]):
            if (label := name_of(field)) and (codes := codes_of(field)):
                built_in = _built_in(field)
                former = built_in.options.former() if isinstance(built_in, Choice) else {}
                self._old[field["key"]] = (label, former | codes)
                self._old_names.setdefault(label, field["key"])

    def add(self, field: Mapping[str, Any]) -> None:
        """Remember a question that stands before those to come."""
        for key, label, codes in _named(field):
            self._names.setdefault(label, []).append(key)
            self._codes[key], self._labels[key] = codes, label

    def resolve(
        self, field: Mapping[str, Any], rows: list[dict[str, Any]], faults: list[Sentence]
    ) -> list[dict[str, Any]]:
        """Return the conditions of a question with keys and codes; what is wrong goes to `faults`.

        The rows come out with the words that things have now.
        """
        found = [self._one(field, row["value"], faults) for row in rows]
        return [one for one in found if one]

    def _one(
        self, field: Mapping[str, Any], said: dict[str, Any], faults: list[Sentence]
    ) -> dict[str, Any]:
        of = (said.get("of") or "").strip()
        answers = [
            word.strip() for word in BETWEEN.split(said.get("answers") or "") if word.strip()
        ]
        names = {"question": field["label"], "of": of}
        keys = self._names.get(of) or [k for k in [self._old_names.get(of)] if k in self._codes]
        if len(keys) != 1:
            words = (
                _("“%(question)s” hangs on “%(of)s”, which stands twice; give one another name.")
                if keys
                else _(
                    "“%(question)s” hangs on “%(of)s”, but no choice of this name stands above it."
                )
            )
            faults.append(words % names)
            return {}
        key = keys[0]
        now, old = self._codes[key], self._old.get(key, ("", {}))[1]
        codes = [now.get(word) or old.get(word, "") for word in answers]
        known = set(now.values())
        for word, code in zip(answers, codes, strict=True):
            if code not in known:
                words = _(
                    "“%(question)s” hangs on the answer “%(answer)s” to “%(of)s”, which is none."
                )
                faults.append(words % {**names, "answer": word})
                return {}
        if not codes:
            return {}
        said["of"] = self._labels[key]
        said["answers"] = "、".join(label for label, code in now.items() if code in codes)
        return {"of": key, "any": [code for code in now.values() if code in codes]}


def _named(field: Mapping[str, Any]) -> Iterator[tuple[str, str, Codes]]:
    """Yield a question that can be named, and the fact of the registers that stands behind the title."""
    if (label := name_of(field)) and (codes := codes_of(field)):
        yield field["key"], label, codes
    if field["key"] == "title":
        yield KIND_OF_ORGANIZATION, str(_("kind of organization")), _codes(KINDS)


def _codes(words: WordList) -> Codes:
    return {label: code for code, label in words.offered()}


def name_of(field: Mapping[str, Any]) -> str:
    """Return what a question is called, one's own or a delivered one."""
    built_in = _built_in(field)
    return str(field.get("label") or (built_in.label if built_in else ""))


def codes_of(field: Mapping[str, Any]) -> Codes:
    """Return the codes of a question's answers by their words; nothing for what has no fixed answers."""
    built_in = _built_in(field)
    if isinstance(built_in, Choice):
        return _codes(built_in.options)
    if field.get("kind") == "yes_no":
        return {str(_("yes")): YES, str(_("no")): NO}
    return {one["label"]: one["code"] for one in field.get("options", ())}


def _built_in(field: Mapping[str, Any]) -> Field | None:
    if "kind" in field:
        return None
    return next((one for one in APPLICATION.fields if one.key == field["key"]), None)


def words_of(field: Field, sheet: Any) -> str:
    """Say when a question is asked: 仅“项目领域”为“乡村振兴”时填写."""
    if not field.when:
        return ""
    named = {one.key: one for one in sheet.fields}
    said = []
    for condition in field.when:
        of = named[condition.of]
        label, answers = _told(of, condition.codes)
        said.append(_("“%(of)s” is %(answers)s") % {"of": label, "answers": answers})
    return _("Only where %(conditions)s.") % {"conditions": _(" and ").join(said)}


def _told(field: Field, codes: frozenset[str]) -> tuple[str, str]:
    if isinstance(field, OneOf):
        return str(field.label), "、".join(field.labels(codes))
    if isinstance(field, Choice):
        return str(field.label), _said(field.options, codes)
    return str(_("kind of organization")), _said(KINDS, codes)


def _said(words: WordList, codes: frozenset[str]) -> str:
    return "、".join(label for code, label in words.items() if code in codes)
