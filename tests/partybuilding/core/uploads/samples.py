"""Files to upload: sound ones from real writers, and the tricks that must be refused."""

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

import partybuilding.core.files.uploads  # noqa: F401  # lets Pillow read and write HEIC

CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
WORD_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

POWERPOINT_MAIN = (
    "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
)
OFD_ROOT = (
    "<ofd:OFD xmlns:ofd='http://www.ofdspec.org/2016' DocType='OFD' Version='1.1'><ofd:DocBody>"
    "<ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
)

HTML = b"<html><script>alert(1)</script></html>"
SCRIPT = b"#!/bin/sh\nrm -rf /\n"
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00" + bytes(200)
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def word() -> bytes:
    document, written = docx.Document(), BytesIO()
    document.add_paragraph("一项目一方案")
    document.save(written)
    return written.getvalue()


def excel() -> bytes:
    book, written = openpyxl.Workbook(), BytesIO()
    book.active.append(["领域", "农村"])
    book.save(written)
    return written.getvalue()


def ofd(**more: bytes) -> bytes:
    """Write the least that is an OFD; a double underscore in a name stands for a slash."""
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        archive.writestr("OFD.xml", OFD_ROOT)
        archive.writestr(
            "Doc_0/Document.xml", "<ofd:Document xmlns:ofd='http://www.ofdspec.org/2016'/>"
        )
        for name, content in more.items():
            archive.writestr(name.replace("__", "/"), content)
    return written.getvalue()


def powerpoint() -> bytes:
    return package("<presentation/>", content_types=types(("/word/document.xml", POWERPOINT_MAIN)))


def types(*overrides: tuple[str, str], root: str = "Types", before: str = "") -> str:
    parts = "".join(
        f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in overrides
    )
    return f'{before}<{root} xmlns="{CONTENT_TYPES}">{parts}</{root}>'


def package(
    main: str | bytes = "<document/>",
    *,
    content_types: str = types(("/word/document.xml", WORD_MAIN)),
    compression: int = ZIP_DEFLATED,
    **more: str | bytes,
) -> bytes:
    """Write a package by hand; a double underscore in a name stands for a slash."""
    written = BytesIO()
    with ZipFile(written, "w", compression) as archive:
        archive.writestr("[Content_Types].xml", content_types)
        archive.writestr("word/document.xml", main)
        for name, content in more.items():
            archive.writestr(name.replace("__", "/"), content)
    return written.getvalue()


def patched(data: bytes, field: int, value: int) -> bytes:
    """Overwrite a four-byte field of the last directory entry: 20 is packed, 24 unpacked size."""
    place = data.rindex(b"PK\x01\x02") + field
    return data[:place] + struct.pack("<L", value) + data[place + 4 :]


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"


def pdf(
    *objects: bytes,
    catalog: bytes = CATALOG,
    before: bytes = b"",
    end: bytes = b"startxref\n9\n%%EOF\n",
    trailer: bytes = b"",
) -> bytes:
    """Write a PDF without pages; in `end`, 9 stands for the place of the table of objects."""
    head = b"%PDF-1.7\n"
    first = b"1 0 obj\n" + catalog + b"\nendobj\n"
    second = b"2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
    written = head + first + second + b"\n".join(objects) + b"\n"
    table = b"xref\n0 3\n0000000000 65535 f \n%010d 00000 n \n%010d 00000 n \n" % (
        len(head),
        len(head + first),
    )
    tail = b"trailer\n<</Size 3/Root 1 0 R" + trailer + b">>\n"
    return before + written + table + tail + end.replace(b"9", b"%d" % len(written), 1)


def object_stream(content: bytes, *, dictionary: bytes = b"/Type/ObjStm", after: bytes = b"\n"):
    packed = zlib.compress(content)
    return b"5 0 obj\n<<" + dictionary + b">>\nstream\r\n" + packed + after + b"endstream\nendobj"


def image(
    writer: str = "JPEG", *, mode: str = "RGB", size: tuple[int, int] = (20, 10), **options: object
) -> bytes:
    """Draw a picture that is dark but for a bright left upper quarter."""
    picture, written = Image.new("L", size, 30), BytesIO()
    picture.paste(220, (0, 0, size[0] // 2, size[1] // 2))
    picture.convert(mode).save(written, writer, **options)
    return written.getvalue()


def phone_exif(orientation: int = 6) -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F] = "SecretPhone"
    exif[0x0112] = orientation
    exif.get_ifd(0x8825).update({1: "N", 2: (29.0, 32.0, 0.0), 3: "E", 4: (108.0, 46.0, 0.0)})
    return exif


def png_of(width: int, height: int) -> bytes:
    """Write a small PNG whose header claims another size."""
    data = image("PNG")
    header = b"IHDR" + struct.pack(">LL", width, height) + data[24:29]
    return data[:12] + header + struct.pack(">L", zlib.crc32(header)) + data[33:]
