"""Pictures that weigh what a photograph weighs."""

from io import BytesIO

from PIL import Image


def photograph(number: int = 0, size: tuple[int, int] = (1280, 860)) -> bytes:
    """Draw a JPEG full of fine detail, so that nothing compresses better than in real life."""
    noise = Image.effect_noise(size, 48).convert("RGB")
    colour = Image.new("RGB", size, ((number * 37) % 256, (number * 91) % 200, 80))
    file = BytesIO()
    Image.blend(noise, colour, 0.5).save(file, "JPEG", quality=82)
    return file.getvalue()
