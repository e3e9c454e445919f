"""Propose what of a resident's text may be published: numbers, plates, addresses, names are masked; pure.

The gate (`core.personal_data`) finds the numbers that no public text may hold. Here more is masked, as
a proposal that a person reads: what may name a sender, though elsewhere it may stand in public.
"""
# ruff: noqa: RUF001 - the characters that look like others are what is masked

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from partybuilding.core.states import Text
from partybuilding.core.text.personal_data import findings, mask
from partybuilding.core.text.personal_data.search import spans

STAR = "*"


_DIGIT = r"[0-9０-９一二三四五六七八九十百〇零]"


_PROVINCES = "京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川贵云藏陕甘青宁新港澳"


_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭"
    "鲁韦马苗方俞任袁柳唐罗薛雷贺倪汤滕殷毕郝安常傅卞齐康伍余元顾孟黄穆萧尹姚邵汪毛狄戴谈宋庞"
    "熊纪舒屈项祝董梁杜阮蓝季贾路江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房丁邓洪"
    "包石崔龚程裴陆翁甄家封储靳段侯宁仇甘厉祖武符刘景詹束龙叶黎乔曾向覃冉谭简石庹"
)


class Telltale(TextChoices):
    """What may name a person, beside the numbers that the gate knows."""

    PLATE = "plate", _("number plate")
    TELEPHONE = "telephone", _("telephone number")
    EMAIL = "email", _("e-mail address")
    ACCOUNT = "account", _("account of a chat service")
    ADDRESS = "address", _("home address")
    NAME = "name", _("name of a person")


#: What may never be published; an address or a name an officer may leave where it belongs.
ALWAYS = (Telltale.PLATE, Telltale.TELEPHONE, Telltale.EMAIL, Telltale.ACCOUNT)


@dataclass(frozen=True)
class Mask:
    """One place that is masked: what it is, where it stood, and what stands there instead."""

    kind: Text
    start: int
    end: int
    instead: str


@dataclass(frozen=True)
class Redaction:
    """A text with what is proposed to be masked in it."""

    source: str
    text: str
    masks: tuple[Mask, ...]

    @property
    def pieces(self) -> list[tuple[str, Text]]:
        """The source in pieces, each with what it is when it is masked; for showing it side by side."""
        found: list[tuple[str, Text]] = []
        place = 0
        for one in self.masks:
            found += [
                (self.source[place : one.start], ""),
                (self.source[one.start : one.end], one.kind),
            ]
            place = one.end
        return [piece for piece in [*found, (self.source[place:], "")] if piece[0]]


def _stars(text: str) -> str:
    return re.sub(r"[0-9０-９A-Za-z一二三四五六七八九十百〇零]+", lambda m: STAR * len(m[0]), text)


def _ends(text: str) -> str:
    return text[:2] + STAR * (len(text) - 2)


_PATTERNS: tuple[tuple[Telltale, re.Pattern[str], int, Callable[[str], str]], ...] = (
    (
        Telltale.EMAIL,
        re.compile(r"[A-Za-z0-9._%+-]+\s?[@＠]\s?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"),
        0,
        lambda text: "***@***",
    ),
    (
        Telltale.PLATE,
        re.compile(
            rf"[{_PROVINCES}]\s?[A-Za-zＡ-Ｚ]\s?[·•.・\- ]?\s?(?:[A-Za-z0-9Ａ-Ｚ０-９]\s?){{4,5}}"
            r"[A-Za-z0-9Ａ-Ｚ０-９挂学警]"
        ),
        0,
        _ends,
    ),
    (
        Telltale.TELEPHONE,
        re.compile(
            r"(?<![0-9])(?:[(（]?0[0-9]{2,3}[)）]?\s?[-－—]?\s?[2-9][0-9]{6,7}|(?<=座机)[:：]?\s?[2-9][0-9]{6,7}"
            r"|(?<=电话)[:：]?\s?[2-9][0-9]{6,7})(?![0-9])"
        ),
        0,
        _stars,
    ),
    (
        Telltale.ACCOUNT,
        re.compile(
            r"(?:微信号?|ＱＱ|[Qq][Qq]|抖音)(?:号码?|是|为)?\s?[:：]?\s?([A-Za-z0-9_０-９-]{5,20})"
        ),
        1,
        lambda text: STAR * len(text),
    ),
    (
        Telltale.ADDRESS,
        re.compile(
            rf"{_DIGIT}{{1,4}}(?:号楼|栋|幢|座)\s?(?:[A-Za-z0-9一二三四五六七八九十]{{1,3}}单元)?\s?"
            rf"{_DIGIT}{{1,5}}(?:室|号|房|楼)?"
            rf"|{_DIGIT}{{1,3}}单元\s?{_DIGIT}{{1,5}}(?:室|号|房)?"
            rf"|{_DIGIT}{{1,3}}组\s?{_DIGIT}{{1,4}}号"
            rf"|(?:路|街|巷|道)\s?{_DIGIT}{{1,5}}号(?:附{_DIGIT}{{1,4}}号)?"
            r"|(?<![0-9])[0-9]{1,2}-[0-9]{1,2}-[0-9]{1,4}(?![0-9-])"
        ),
        0,
        _stars,
    ),
    (
        Telltale.NAME,
        re.compile(
            rf"(?:我叫|我是|本人叫|本人|联系人|姓名|名叫)(?:是|为)?\s?[:：]?\s?([{_SURNAMES}][\u4e00-\u9fff]{{1,2}}?)"
            r"(?=[，。、；,.;\s（(]|住|家|今年|是|的|$)"
        ),
        1,
        lambda text: text[0] + "某" * (len(text) - 1),
    ),
)


def propose(text: str) -> Redaction:
    """Return a text with everything masked that may name its sender or somebody else."""
    masks = tuple(sorted(_places(text), key=lambda one: one.start))
    parts, place = [], 0
    for one in masks:
        parts += [text[place : one.start], one.instead]
        place = one.end
    return Redaction(text, mask("".join([*parts, text[place:]])), masks)


def left_in(text: str) -> list[tuple[Text, str]]:
    """Return what of a text may not be published: its kind, and where it stands, half hidden."""
    found: list[tuple[Text, str]] = [(one.kind.label, one.excerpt) for one in findings(text)]
    extra = (one for kind, one in _extras(text) if kind in ALWAYS and STAR not in _said(text, one))
    return [*found, *((one.kind, one.instead) for one in extra)]


def _said(text: str, one: Mask) -> str:
    return text[one.start : one.end]


def _places(text: str) -> Iterator[Mask]:
    """Yield what is masked; of two that overlap the longer one."""
    taken: list[tuple[int, int]] = []
    numbers = [Mask(s.kind.label, s.start, s.end, s.masked) for s in spans(text)]
    found = [*numbers, *(each for _kind, each in _extras(text))]
    for one in sorted(found, key=lambda each: each.start - each.end):
        if all(one.end <= start or one.start >= end for start, end in taken):
            taken.append((one.start, one.end))
            yield one


def _extras(text: str) -> Iterator[tuple[Telltale, Mask]]:
    for kind, pattern, group, instead in _PATTERNS:
        for found in pattern.finditer(text):
            start, end = found.span(group)
            yield kind, Mask(kind.label, start, end, instead(found[group]))
