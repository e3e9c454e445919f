"""The packs that come with the program."""

from pathlib import Path

from partybuilding.packs.file import Pack, read_pack

HERE = Path(__file__).parent


def shipped() -> dict[str, Pack]:
    """Return the packs by their names, the reference programme first."""
    names = sorted(
        (file.stem for file in HERE.glob("*.json")), key=lambda name: name != "reference"
    )
    return {name: read_pack((HERE / f"{name}.json").read_bytes()) for name in names}
