"""Hundreds of files that must be refused, made of kinds, tricks and disguises; and odd ones that are good."""

import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import product
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from PIL import Image, PngImagePlugin

from tests.partybuilding.core.uploads.samples import (
    EXCEL_MAIN,
    HTML,
    POWERPOINT_MAIN,
    PROGRAM,
    SCRIPT,
    WORD_MAIN,
    excel,
    image,
    object_stream,
    ofd,
    package,
    patched,
    pdf,
    phone_exif,
    png_of,
    powerpoint,
    types,
    word,
)

Named = Iterator[tuple[str, str, bytes]]
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
PHP = b"<?php system($_GET['c']); ?>"
ELF = b"\x7fELF\x02\x01\x01" + bytes(120)
EXTENSIONS = ("pdf", "docx", "xlsx", "pptx", "ofd", "jpg", "png", "heic", "webp")
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
MAIN = {"docx": WORD_MAIN, "xlsx": EXCEL_MAIN, "pptx": POWERPOINT_MAIN}


def relations(*rows: tuple[str, str, str]) -> str:
    """Write relations: kind, target, mode."""
    written = "".join(
        f'<Relationship Id="r{place}" Type="{kind}" Target="{target}" TargetMode="{mode}"/>'
        for place, (kind, target, mode) in enumerate(rows)
    )
    return f'<Relationships xmlns="{RELATIONS}">{written}</Relationships>'


def office(kind: str, main: str = "<a/>", before: str = "", **parts: str | bytes) -> bytes:
    """Write a package of a kind; `dot` in a name of a part stands for a dot."""
    named = {name.replace("_dot_", "."): content for name, content in parts.items()}
    content_types = types(("/word/document.xml", MAIN[kind]), before=before)
    return package(main, content_types=content_types, **named)


def foreign() -> Named:
    """Other kinds of file under every accepted name."""
    kinds = {
        "program": PROGRAM,
        "elf": ELF,
        "script": SCRIPT,
        "page": HTML,
        "drawing": SVG,
        "php": PHP,
        "gif": image("GIF"),
        "rtf": b"{\\rtf1\\ansi}",
        "bmp": image("BMP"),
        "tiff": image("TIFF"),
    }
    for (name, content), extension in product(kinds.items(), EXTENSIONS):
        yield f"{name} as {extension}", f"材料.{extension}", content


PDF_TRICKS = {
    "javascript": b"<</S/JavaScript/JS(app.alert(1))>>",
    "js alone": b"<</S/Other/JS(app.alert(1))>>",
    "js by reference": b"<</S/Other/JS 9 0 R>>",
    "launch": b"<</S/Launch/F(cmd.exe)>>",
    "submit": b"<</S/SubmitForm/F(http://a.example)>>",
    "import": b"<</S/ImportData/F(a.fdf)>>",
    "embedded file": b"<</Type/EmbeddedFile>>",
    "embedded files": b"<</Names<</EmbeddedFiles 9 0 R>>>>",
    "attachment": b"<</Subtype/FileAttachment>>",
    "rich media": b"<</Subtype/RichMedia>>",
    "rendition": b"<</S/Rendition/OP 0>>",
    "into another": b"<</S/GoToE/F(a.pdf)>>",
    "xfa": b"<</XFA[(a)9 0 R]>>",
    "xfa by reference": b"<</XFA 9 0 R>>",
}
PDF_WORDS = ("JavaScript", "Launch", "SubmitForm", "ImportData", "EmbeddedFile", "XFA", "JS")


def escaped(trick: bytes, word: str, every: bool) -> bytes:
    """Write a name with one, or each, of its letters as a number."""
    letters = word if every else word[1:2]
    new = "".join(
        f"#{ord(one):02x}" if every or place == 1 else one for place, one in enumerate(word)
    )
    assert letters
    return trick.replace(f"/{word}".encode(), f"/{new}".encode())


def in_object(trick: bytes) -> bytes:
    return pdf(b"7 0 obj\n" + trick + b"\nendobj")


def in_stream(trick: bytes) -> bytes:
    return pdf(object_stream(b"7 0 " + trick, dictionary=b"/Type/ObjStm/N 1/First 4"))


def in_nameless_stream(trick: bytes) -> bytes:
    """Keep an object in a stream that hides what it is; only the table of objects knows."""
    content = b"7 0 " + trick
    packed = zlib.compress(content)
    head = b"%PDF-1.7\n"
    parts = [
        b"1 0 obj\n<</Type/Catalog/Pages 2 0 R/X 7 0 R>>\nendobj\n",
        b"2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n",
        b"5 0 obj\n<</N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n" % len(packed)
        + packed
        + b"\nendstream\nendobj\n",
    ]
    places, place = [], len(head)
    for part in parts:
        places.append(place)
        place += len(part)
    rows = [(0, 0), (1, places[0]), (1, places[1]), (0, 0), (0, 0), (1, places[2]), (1, place)]
    table = b"".join(bytes([kind]) + at.to_bytes(4) + b"\0" for kind, at in rows)
    table += bytes([2]) + (5).to_bytes(4) + b"\0"
    named = b"6 0 obj\n<</Type/XRef/Size 8/W[1 4 1]/Root 1 0 R/Length %d>>\nstream\n" % len(table)
    return (
        head
        + b"".join(parts)
        + named
        + table
        + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % place
    )


def active_pdfs() -> Named:
    wraps = {"object": in_object, "stream": in_stream, "nameless stream": in_nameless_stream}
    for (name, trick), (where, wrap) in product(PDF_TRICKS.items(), wraps.items()):
        yield f"{name} in {where}", "方案.pdf", wrap(trick)
    for word_, every, (where, wrap) in product(PDF_WORDS, (False, True), wraps.items()):
        trick = next(one for one in PDF_TRICKS.values() if f"/{word_}".encode() in one)
        content = wrap(escaped(trick, word_, every))
        yield f"escaped {word_} {every} in {where}", "方案.pdf", content


def opening_pdfs() -> Named:
    actions = {
        "address": b"<</S/URI/URI(http://a.example)>>",
        "other file": b"<</S/GoToR/F(a.pdf)>>",
        "thread": b"<</S/Thread/F(a.pdf)>>",
        "movie": b"<</S/Movie>>",
        "sound": b"<</S/Sound>>",
        "second": b"<</S/GoTo/D[0/Fit]/Next<</S/URI/URI(http://a.example)>>>>",
        "listed": b"<</S/GoTo/D[0/Fit]/Next[<</S/URI/URI(http://a.example)>>]>>",
    }
    for name, action in actions.items():
        for key, value in (("OpenAction", action), ("AA", b"<</WC " + action + b">>")):
            catalog = b"<</Type/Catalog/Pages 2 0 R/" + key.encode() + value + b">>"
            yield f"{name} by {key}", "方案.pdf", pdf(catalog=catalog)
    form = b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[]/X#46A null>>>>"
    yield "form of a program", "表格.pdf", pdf(catalog=form)


def mixed_pdfs() -> Named:
    for name, other in (("page", HTML), ("php", PHP), ("program", PROGRAM), ("drawing", SVG)):
        yield f"{name} before a pdf", "方案.pdf", pdf(before=other)
    for name, other in (("page", HTML), ("php", PHP), ("drawing", SVG), ("package", word())):
        yield f"{name} behind a pdf", "方案.pdf", pdf() + other
    yield "picture before a pdf", "照片.jpg", image()[:-200] + pdf()
    yield "encrypted", "方案.pdf", pdf(trailer=b"/Encrypt<</Filter/Standard>>")
    yield "encrypted by an escape", "方案.pdf", pdf(trailer=b"/Encr#79pt 9 0 R")
    yield "cut off", "方案.pdf", pdf(end=b"")
    yield "only a head", "方案.pdf", b"%PDF-1.7\n%%EOF"
    yield "header too late", "方案.pdf", pdf(before=b" " * 1025)
    yield "stream bomb", "方案.pdf", pdf(object_stream(bytes(80_000_000)))


def active_office() -> Named:
    vba = {"word__vbaProject_dot_bin": b"x"}
    for kind in MAIN:
        named = f"方案.{kind}"
        for where, parts in {
            "macro": vba,
            "macro in capitals": {"word__VBAPROJECT_dot_BIN": b"x"},
            "macro sheet": {"xl__macrosheets__sheet1_dot_xml": "<a/>"},
            "control": {"word__activeX__activeX1_dot_xml": "<a/>"},
            "object": {"word__embeddings__oleObject1_dot_bin": b"x"},
            "embedded document": {"word__embeddings__a_dot_docx": word()},
            "embedded workbook": {"xl__embeddings__a_dot_xlsx": excel()},
            "program inside": {"word__media__image1_dot_exe": PROGRAM},
            "script inside": {"word__media__a_dot_js": SCRIPT},
            "page inside": {"word__a_dot_html": HTML},
            "drawing with script inside": {"word__media__a_dot_svg": SVG},
            "link to a workbook": {"xl__externalLinks__externalLink1_dot_xml": "<ddeLink/>"},
            "document type in a part": {"word__styles_dot_xml": "<!DOCTYPE a><a/>"},
            "entity in a part": {"word__styles_dot_xml": "<!doctype a [<!ENTITY b 'c'>]><a/>"},
            "document type in utf-16": {"word__a_dot_xml": "<!DOCTYPE a><a/>".encode("utf-16")},
            "unusual encoding": {"word__a_dot_xml": '<?xml version="1.0" encoding="utf-7"?><a/>'},
            "outside the package": {"..__..__a_dot_txt": b"x"},
        }.items():
            yield f"{where} in {kind}", named, office(kind, **parts)
        for base, (relation, target) in product(
            (DOCUMENT, STRICT),
            {
                "attachedTemplate": "http://a.example/a.dotm",
                "oleObject": "file:///c:/a.doc",
                "image": "http://a.example/a.png",
                "frame": "http://a.example/",
                "externalLinkPath": "file:///d:/a.xlsx",
                "hyperlink": "javascript:alert(1)",
            }.items(),
        ):
            parts = {
                "word___rels__a_dot_xml_dot_rels": relations((base + relation, target, "External"))
            }
            yield f"{relation} of {base[7:11]} in {kind}", named, office(kind, **parts)
        for relation in ("oleObject", "aFChunk", "control", "vbaProject"):
            parts = {
                "word___rels__a_dot_xml_dot_rels": relations(
                    (DOCUMENT + relation, "media/a.bin", "Internal")
                ),
                "word__media__a_dot_bin": b"x",
            }
            yield f"{relation} by relation in {kind}", named, office(kind, **parts)
        yield f"document type of types in {kind}", named, office(kind, before="<!DOCTYPE a>")
        yield f"deep {kind}", named, office(kind, "<a>" * 400 + "</a>" * 400)
        yield f"bomb in {kind}", named, office(kind, word__bomb=bytes(5_000_000))
        yield f"lying {kind}", named, patched(office(kind, word__a=b"abc" * 9999), 24, 10)
        figures = {
            "word__charts___rels__c_dot_xml_dot_rels": relations(
                (DOCUMENT + "package", "../embeddings/a.xlsx", "Internal")
            ),
            "word__embeddings__a_dot_xlsx": office("xlsx", **vba),
        }
        yield f"macros behind a chart in {kind}", named, office(kind, **figures)
    field = (
        '<w:a xmlns:w="w"><w:instrText>DDE</w:instrText><w:instrText>AUTO c:\\a</w:instrText></w:a>'
    )
    yield "dynamic field", "方案.docx", office("docx", field)
    simple = '<w:a xmlns:w="w"><w:fldSimple w:instr="DDE cmd"/></w:a>'
    yield "simple dynamic field", "方案.docx", office("docx", simple)


def hostile_ofd() -> Named:
    yield "attached program", "票据.ofd", ofd(Doc_0__Attachs__a=PROGRAM)
    yield "attached pdf", "票据.ofd", ofd(Doc_0__Attachments__b=pdf())
    yield "bomb in ofd", "票据.ofd", ofd(Doc_0__Res__a=bytes(5_000_000))
    for name, root in {
        "another root": "<OFD/>",
        "no document": "<ofd:OFD xmlns:ofd='http://www.ofdspec.org/2016'/>",
        "document type": "<!DOCTYPE a><ofd:OFD xmlns:ofd='http://www.ofdspec.org/2016'/>",
        "no xml": "OFD",
    }.items():
        written = BytesIO()
        with ZipFile(written, "w") as archive:
            archive.writestr("OFD.xml", root)
        yield f"ofd of {name}", "票据.ofd", written.getvalue()


def hostile_pictures() -> Named:
    for name, size in (("just too large", (9000, 8000)), ("huge", (60_000, 60_000))):
        yield f"{name} png", "照片.png", png_of(*size)
    yield "cut off png", "照片.png", image("PNG")[:50]
    yield "damaged png", "照片.png", image("PNG").replace(b"IDAT", b"IDAX")
    yield "scans", "照片.jpg", image() + b"\xff\xda\x00\x00" * 1000
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    for writer in ("PNG", "WEBP"):
        moving = BytesIO()
        frames[0].save(moving, writer, save_all=True, append_images=frames[1:])
        yield f"moving {writer}", f"照片.{writer.lower()}", moving.getvalue()
    for writer in ("JPEG", "PNG", "WEBP", "HEIF"):
        yield f"head of {writer}", "照片.jpg", image(writer, size=(64, 64))[:16] + HTML
    yield "avif by brand", "照片.heic", b"\0\0\0\x1cftypavif" + bytes(40)
    yield "film", "照片.heic", b"\0\0\0\x1cftypisom" + bytes(40)


def hostile_files() -> list[tuple[str, str, bytes]]:
    """Return each with what it is and the name it comes under."""
    makers = (
        *(foreign, active_pdfs, opening_pdfs, mixed_pdfs, active_office, hostile_ofd),
        hostile_pictures,
    )
    return [one for make in makers for one in make()]


def good_pdfs() -> Named:
    for name, before in {
        "mark of order": b"\xef\xbb\xbf",
        "line ends": b"\r\n\r\n",
        "printer's job": b"\x1b%-12345X@PJL JOB\r\n@PJL ENTER LANGUAGE=PDF\r\n",
        "zeros": bytes(512),
        "header of mail": b"Content-Type: application/pdf\r\n\r\n",
    }.items():
        yield f"{name} before", f"{name}.pdf", pdf(before=before)
    for name, behind in {
        "zeros": bytes(4096),
        "line ends": b"\r\n" * 2000,
        "words": b"Downloaded from a portal\r\n",
        "scanner's notes": bytes(range(128, 256)) * 20,
    }.items():
        yield f"{name} behind", f"{name}.pdf", pdf() + behind
    for name, extra in {
        "going to a page": b"/OpenAction<</S/GoTo/D[2 0 R/Fit]>>",
        "place": b"/OpenAction[2 0 R/Fit]",
        "named": b"/OpenAction<</S/Named/N/FirstPage>>",
        "form": b"/AcroForm<</Fields[]>>",
    }.items():
        yield name, "方案.pdf", pdf(catalog=b"<</Type/Catalog/Pages 2 0 R" + extra + b">>")
    yield "hyperlink", "方案.pdf", in_object(b"<</S/URI/URI(https://a.example)>>")
    yield "words of danger", "方案.pdf", in_object(b"(Java script, Launch, XFA and JS)")
    yield "longer names", "方案.pdf", in_object(b"<</JSON(a)/XFAces 1/LaunchPad(x)>>")
    yield (
        "short names by chance",
        "扫描.pdf",
        in_object(b"stream\n" + b"\x00\xf1/JS\x9c\xe4" * 9 + b"\nendstream"),
    )
    yield "updated twice", "方案.pdf", pdf() + pdf()[9:]
    yield "wrong place of its table", "方案.pdf", pdf(end=b"startxref\n1\n%%EOF")
    yield "objects in a stream", "方案.pdf", in_stream(b"<</Type/Font>>")
    yield "named .doc", "方案.doc", pdf()


def good_office() -> Named:
    for kind in MAIN:
        link = {
            "word___rels__a_dot_xml_dot_rels": relations(
                (DOCUMENT + "hyperlink", "https://a.example/?a=1", "External"),
                (STRICT + "hyperlink", "mailto:a@a.example", "External"),
                (DOCUMENT + "image", "media/a.png", "Internal"),
            )
        }
        chart = {
            "word__charts___rels__c_dot_xml_dot_rels": relations(
                (DOCUMENT + "package", "../embeddings/a.xlsx", "Internal")
            ),
            "word__embeddings__a_dot_xlsx": excel(),
        }
        yield f"hyperlinks in {kind}", f"方案.{kind}", office(kind, **link)
        yield f"chart in {kind}", f"方案.{kind}", office(kind, **chart)
        yield (
            f"words of danger in {kind}",
            f"方案.{kind}",
            office(kind, "<a>oleObject vbaProject DDEAUTO &lt;!DOCTYPE&gt;</a>"),
        )
        yield (
            f"old encoding in {kind}",
            f"方案.{kind}",
            office(kind, word__b_dot_xml=b'<?xml version="1.0" encoding="GB2312"?><a/>'),
        )
        yield (
            f"letters in {kind}",
            f"方案.{kind}",
            office(kind, word__media__图片_dot_png=image("PNG")),
        )
        yield f"other name of {kind}", "方案.zip", office(kind)
        yield f"behind {kind}", f"方案.{kind}", office(kind) + bytes(30)
    yield "python-docx", "方案.DOCX", word()
    yield "openpyxl", "台账.xlsx", excel()
    yield "presentation", "汇报.pptx", powerpoint()
    yield "stored", "方案.docx", package(compression=ZIP_STORED)


def good_ofd() -> Named:
    yield "ofd", "公文.ofd", ofd()
    yield "ofd with a seal", "公文.ofd", ofd(Doc_0__Signs__Sign_0__SignedValue=b"\x30\x82")
    yield "ofd under another name", "公文", ofd()
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        with ZipFile(BytesIO(ofd())) as plain:
            for name in plain.namelist():
                archive.writestr(name, plain.read(name))
        archive.writestr("Doc_0/Attachs/Attachments.xml", "<a/>")
        archive.writestr("Doc_0/Attachs/original_invoice.xml", "<a/>")
    yield "invoice", "发票.ofd", written.getvalue()


def good_pictures() -> Named:
    exif = phone_exif()
    for writer, extension in (("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp"), ("HEIF", "heic")):
        yield f"turned {writer}", f"照片.{extension}", image(writer, size=(64, 48), exif=exif)
        yield f"{writer} as jpg", "照片.jpg", image(writer, size=(64, 48))
        yield f"{writer} with a tail", f"照片.{extension}", image(writer, size=(64, 48)) + bytes(99)
    for mode in ("L", "CMYK"):
        yield f"{mode} JPEG", "照片.jpg", image(mode=mode)
    for mode in ("1", "L", "LA", "P", "RGBA", "I;16"):
        yield f"{mode} PNG", "照片.png", _png(mode)
    yield "progressive", "照片.jpeg", image(size=(200, 200), progressive=True)
    frames = [Image.new("RGB", (40, 20), "red") for _ in range(2)]
    several = BytesIO()
    frames[0].save(several, "MPO", save_all=True, append_images=frames[1:])
    yield "two of a phone", "照片.jpg", several.getvalue()
    notes = PngImagePlugin.PngInfo()
    notes.add_itxt("Comment", "说明")
    yield "notes", "截图.png", image("PNG", pnginfo=notes)


def _png(mode: str) -> bytes:
    written = BytesIO()
    Image.new(mode, (8, 8)).save(written, "PNG")
    return written.getvalue()


def good_files() -> list[tuple[str, str, bytes]]:
    """Return each with what it is and the name it comes under."""
    return [one for make in (good_pdfs, good_office, good_ofd, good_pictures) for one in make()]
