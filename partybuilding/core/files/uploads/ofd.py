"""Is it an OFD, the format of Chinese official papers (GB/T 33190): its root, its document, its attachments."""

from zipfile import ZipFile

from defusedxml.ElementTree import fromstring

from partybuilding.core.files.uploads.kinds import Kind
from partybuilding.core.files.uploads.refusals import Malformed, Reason, UploadRefused

OFD_PART = "OFD.xml"
MAX_ROOT = 1024 * 1024
NAMESPACE = "{http://www.ofdspec.org/2016}"
#: What an invoice or a signed paper brings along as data; other attachments could be anything.
ATTACHED = (".xml", ".dat", ".esl", ".xbrl")


def ofd_kind(package: ZipFile) -> Kind:
    """Return OFD for a package whose root leads to its document.

    Raises:
        UploadRefused: a file is attached that is no data of the paper.
        Malformed: it is no OFD.
    """
    if package.getinfo(OFD_PART).file_size > MAX_ROOT:
        raise UploadRefused(Reason.UNPACKS_TOO_LARGE)
    root = fromstring(package.read(OFD_PART), forbid_dtd=True)
    documents = [one.text or "" for one in root.iter(f"{NAMESPACE}DocRoot")]
    names = {name.lower().lstrip("/") for name in package.namelist()}
    found = [one.strip().lstrip("/").lower() for one in documents]
    if root.tag != f"{NAMESPACE}OFD" or not found or not names.issuperset(found):
        raise Malformed("The root leads to no document.")
    for name in names:
        if "/attach" in f"/{name}" and not name.endswith((*ATTACHED, "/")):
            raise UploadRefused(Reason.EMBEDDED)
    return Kind.OFD
