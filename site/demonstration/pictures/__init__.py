"""Pictures for the demonstration, drawn with Pillow: a scene by its name, varied by a number."""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFilter, ImageFont, ImageOps

from demonstration.pictures.country import COUNTRY
from demonstration.pictures.indoors import INDOORS
from demonstration.pictures.sheet import RED, WHITE, Sheet
from demonstration.pictures.town import AT_NIGHT, TOWN
from partybuilding.core.papers.fonts import FOLDER

#: The side of a logo in pixels, and what it is written with.
LOGO = 240
FONT = FOLDER / "PartybuildingSerif-Bold.otf"
SCENES = COUNTRY | TOWN | INDOORS

#: What applicants of a field photograph.
OF_SECTOR = {
    "rural": ("village", "field", "courtyard", "road", "orchard"),
    "urban": ("street", "noticeboard", "pavilion", "door"),
    "government": ("hall", "counter", "documents", "meeting"),
    "state_owned": ("workshop", "station", "night_repair", "bus"),
    "school": ("classroom", "school_gate", "reading_room"),
    "hospital": ("clinic", "clinic_night"),
    "non_public": ("workshop", "market", "parcels", "delivery"),
}


def draw(scene: str, seed: int) -> bytes:
    """Return a JPEG of a scene; the same scene and seed give the same bytes."""
    sheet = Sheet(f"{scene}-{seed}", night=scene in AT_NIGHT)
    SCENES[scene][0](sheet)
    image = ImageOps.mirror(sheet.image) if seed % 2 else sheet.image
    out = BytesIO()
    image.filter(ImageFilter.SMOOTH).save(out, "JPEG", quality=80)
    return out.getvalue()


def logo(mark: str) -> bytes:
    """Return a PNG of a logo: one character, white on a red seal; the same character gives the same bytes."""
    image = Image.new("RGB", (LOGO, LOGO), "white")
    on = ImageDraw.Draw(image)
    on.rounded_rectangle((4, 4, LOGO - 5, LOGO - 5), 28, fill=RED)
    on.rounded_rectangle((14, 14, LOGO - 15, LOGO - 15), 20, outline=WHITE, width=4)
    font = ImageFont.truetype(FONT, round(LOGO * 0.58))
    on.text((LOGO / 2, LOGO / 2), mark, font=font, fill=WHITE, anchor="mm")
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def words(scene: str) -> str:
    """Say what a scene shows, for readers who cannot see it."""
    return f"插画：{SCENES[scene][1]}"


def scene_of(sector: str, number: int) -> str:
    """Return a scene that fits a field."""
    scenes = OF_SECTOR[sector]
    return scenes[number % len(scenes)]
