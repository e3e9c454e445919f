"""The fixed words of the book, which all editions share."""

from typing import Final

WORDS: Final[dict[str, object]] = {
    "board": "编辑委员会",
    "contents": "目录",
    "figures": "年度数据",
    "cases": "案例",
    "promises": "承诺兑现一览表",
    "promise_heads": ["序号", "承诺目标", "完成时限", "完成情况"],
    "index": "单位索引",
    "index_said": "按汉语拼音排列，数字为案例起始页码。",
    "imprint": "版权页",
    "cover": "封面",
    "files": "附件（见网页版）：",
    "scan": "扫码看网页版",
    "qr_of_case": "二维码：本案例的网页",
    "qr_of_book": "二维码：本书的网页",
    "sheets": "印张",
    "sheet_unit": "印张（16开）",
    "characters": "字数",
    "thousand": "千字（版面字数）",
    "address": "网页",
    "read_online": "网页版",
}
#: The phrase that the regulation asks for on an internal publication, and that no public edition may carry.
INTERNAL_PHRASE = "内部资料，免费交流"
INTERNAL_WORDS = ("内部资料", "准印证")
DRAFT_MARK = "送审稿"
