"""Is it a Word document, a workbook or a presentation: without macros, embedded objects, links elsewhere.

A hyperlink may lead out; nothing else may. The one thing embedded that passes is the workbook behind a
chart, which is checked like the file itself.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from xml.sax.handler import ContentHandler
from zipfile import ZipFile

from defusedxml import sax
from defusedxml.ElementTree import fromstring

from partybuilding.core.files.uploads.names import Kind
from partybuilding.core.files.uploads.refusals import Malformed, Reason, UploadRefused

MEBIBYTE = 1024 * 1024
MAX_MAIN_PART = 32 * MEBIBYTE
MAX_CONTENT_TYPES = MEBIBYTE
MAX_RELATIONS = 8 * MEBIBYTE
# libxml2, and with it python-docx, refuses deeper trees.
MAX_DEPTH = 256
MAX_ELEMENTS = 1_000_000  # about two seconds of reading; a long document has a tenth

CONTENT_TYPES_PART = "[Content_Types].xml"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OFFICE = "application/vnd.openxmlformats-officedocument"
MAIN_TYPES = {
    f"{_OFFICE}.wordprocessingml.document.main+xml": Kind.DOCX,
    f"{_OFFICE}.spreadsheetml.sheet.main+xml": Kind.XLSX,
    f"{_OFFICE}.presentationml.presentation.main+xml": Kind.PPTX,
}
MACRO_MARKS = ("vbaproject", "vbadata", "macroenabled", "macrosheet", "activex")
LINKED_MARKS = ("/externallinks/externallink",)
EMBEDDED_MARKS = ("/embeddings/", "oleobject", "/afchunk")
#: Kinds of relation, by the last word of their address.
ACTIVE_RELATIONS = {"vbaproject", "wordvbadata", "control", "activexcontrolbinary", "xlmacrosheet"}
EMBEDDING_RELATIONS = {"oleobject", "afchunk", "subdocument", "frame"}
_SCRIPT_ADDRESS = re.compile(r"\s*(?:javascript|vbscript|data|ms-[a-z]+):", re.IGNORECASE)
_DYNAMIC_FIELD = re.compile(r"\bDDE(?:AUTO)?\b", re.IGNORECASE)


@dataclass(frozen=True)
class Relation:
    """One relation of a part to another, or to something outside."""

    source: str
    word: str
    target: str
    is_external: bool

    @property
    def is_of_chart(self) -> bool:
        """Whether it leads from a chart to its figures."""
        return self.word == "package" and "/charts/" in f"/{self.source}"


def office_kind(package: ZipFile, check_embedded: Callable[[bytes], Kind]) -> Kind:
    """Return which of the three kinds a package is.

    Args:
        check_embedded: checks the workbook behind a chart.

    Raises:
        UploadRefused: it has macros, controls, embedded objects or links elsewhere.
        Malformed: it is of none of the kinds.
    """
    types = _declared_types(package)
    names = [*package.namelist(), *types, *types.values()]
    _refuse_marked(names, MACRO_MARKS, Reason.MACROS)
    _refuse_marked((f"/{name}" for name in names), LINKED_MARKS, Reason.LINKED)
    relations = list(_relations(package))
    for relation in relations:
        _refuse_relation(relation)
    figures = {one.target.lower() for one in relations if one.is_of_chart and not one.is_external}
    for name in package.namelist():
        if name.lower() in figures:
            if check_embedded(package.read(name)) != Kind.XLSX:
                raise UploadRefused(Reason.EMBEDDED)
        else:
            _refuse_marked([f"/{name}"], EMBEDDED_MARKS, Reason.EMBEDDED)
    for part, content_type in types.items():
        if content_type in MAIN_TYPES:
            _check_xml(package, part.removeprefix("/"))
            return MAIN_TYPES[content_type]
    raise Malformed("The package has no main part of a known kind.")


def _declared_types(package: ZipFile) -> dict[str, str]:
    """Return content types by part; of a default, by its extension."""
    _refuse_larger(package, CONTENT_TYPES_PART, MAX_CONTENT_TYPES)
    root = fromstring(package.read(CONTENT_TYPES_PART), forbid_dtd=True)
    return {
        one.get("PartName") or one.get("Extension", ""): one.get("ContentType", "")
        for one in root
        if one.tag in (f"{_TYPES}Override", f"{_TYPES}Default")
    }


def _relations(package: ZipFile) -> Iterator[Relation]:
    for name in package.namelist():
        if not name.lower().endswith(".rels"):
            continue
        _refuse_larger(package, name, MAX_RELATIONS)
        folder, source = dirname(dirname(name)), name.rpartition("/")[2][: -len(".rels")]
        for one in fromstring(package.read(name), forbid_dtd=True).iter(RELATION):
            target = one.get("Target", "")
            is_external = one.get("TargetMode", "").lower() == "external"
            if not is_external:
                target = normpath(join("/", folder, target)).lstrip("/")
            word = one.get("Type", "").rpartition("/")[2].lower()
            yield Relation(join(folder, source), word, target, is_external)


def _refuse_relation(relation: Relation) -> None:
    if relation.word in ACTIVE_RELATIONS:
        raise UploadRefused(Reason.MACROS)
    if relation.is_external:
        if relation.word != "hyperlink" or _SCRIPT_ADDRESS.match(relation.target):
            raise UploadRefused(Reason.LINKED)
    elif relation.word in EMBEDDING_RELATIONS:
        raise UploadRefused(Reason.EMBEDDED)


def _refuse_marked(words: Iterable[str], marks: Iterable[str], reason: Reason) -> None:
    if any(mark in word.lower() for word in words for mark in marks):
        raise UploadRefused(reason)


def _refuse_larger(package: ZipFile, part: str, limit: int) -> None:
    if package.getinfo(part).file_size > limit:
        raise UploadRefused(Reason.UNPACKS_TOO_LARGE)


def _check_xml(package: ZipFile, part: str) -> None:
    _refuse_larger(package, part, MAX_MAIN_PART)
    gauge = _Gauge()
    with package.open(part) as stream:
        sax.parse(stream, gauge, forbid_dtd=True)
    if _DYNAMIC_FIELD.search("".join(gauge.instructions)):
        raise UploadRefused(Reason.LINKED)


class _Gauge(ContentHandler):
    """Refuse XML that is nested deeper, or longer, than office programs write; keep what fields do."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = self.elements = 0
        self.instructions: list[str] = []
        self.is_instruction = False

    def startElement(self, name: str, attrs: object) -> None:  # noqa: N802
        self.depth += 1
        self.elements += 1
        if self.depth > MAX_DEPTH or self.elements > MAX_ELEMENTS:
            raise UploadRefused(Reason.UNPACKS_TOO_LARGE)
        self.is_instruction = name.endswith(":instrText")
        if name.endswith(":fldSimple"):
            self.instructions += [f" {value} " for value in attrs.values()]  # type: ignore[attr-defined]
        if name.endswith(":fldChar"):
            self.instructions.append(" ")

    def characters(self, content: str) -> None:
        if self.is_instruction:
            self.instructions.append(content)

    def endElement(self, name: str) -> None:  # noqa: N802
        self.depth -= 1
        self.is_instruction = False
