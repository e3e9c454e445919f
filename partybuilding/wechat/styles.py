"""The looks of an article, written into every element: short, because the platform counts them.

The root carries what is inherited, its colour too, so that the dark look can turn it round.
"""

RED, INK, QUIET, PAPER, LINE = "#b3000c", "#333", "#666", "#f7f3ec", "#ddd"

ROOT = f"color:{INK};font-size:16px;line-height:1.75;padding:0 8px"
#: The first and the last block can lose their style: these two have nothing to lose.
EDGE = "font-size:0;line-height:0;margin:0"
PARAGRAPH = "margin:0 0 16px"
SECTION = (
    f"border-left:4px solid {RED};font-size:18px;font-weight:bold;line-height:1.4;"
    "margin:28px 0 14px;padding:0 0 0 10px"
)
SMALL_HEADING = f"color:{RED};font-size:17px;font-weight:bold;margin:20px 0 8px"
LIST = "margin:0 0 16px;padding:0 0 0 24px"
ITEM = "margin:0 0 4px"
BOX = f"background-color:{PAPER};margin:0 0 16px;padding:12px 14px"
LEAST = "margin:0"
PICTURE = "margin:0 0 16px;max-width:100%;text-align:center"
IMAGE = "max-width:100%"
CAPTION = f"color:{QUIET};font-size:14px;margin:4px 0 0;text-align:center"
QUOTE = f"border-left:3px solid {LINE};margin:0 0 16px;padding:0 0 0 14px"
WHO = f"color:{QUIET};font-size:14px;margin:4px 0 0"
TABLE = "font-size:14px;line-height:1.5;margin:0 0 16px;width:100%"
CELL = "padding:4px"
HEAD = f"background-color:{PAPER};font-weight:bold;padding:4px;text-align:left"
ODD = f"background-color:{PAPER}"
CARD = f"border:1px solid {LINE};font-size:15px;margin:0 0 8px;padding:8px 12px"
NUMBERS = "margin:0 0 16px;text-align:center"
NUMBER = "display:inline-block;margin:0 0 12px;width:32%"
FIGURE = f"color:{RED};font-size:26px;font-weight:bold;line-height:1.3;margin:0"
LABEL = f"color:{QUIET};font-size:14px;line-height:1.4;margin:0"
NOTES = f"border-top:1px solid {LINE};color:{QUIET};font-size:14px;line-height:1.6;margin:28px 0 0;padding:12px 0 0"
END = f"color:{QUIET};font-size:14px;margin:16px 0 0;text-align:center"
