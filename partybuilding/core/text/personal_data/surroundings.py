"""What stands before and behind a number, and what it says of the number."""

import re

#: How far back a label is looked for.
REACH = 16
FAR = 200
_THEN = r"(?:[^\w\n]|_|是|为|号|码|及|和){0,6}$"

#: Names of numbers that are nobody's: orders, files, notices, registrations.
OTHER = re.compile(
    r"(?:编号|编码|单号|订单号?|流水号?|档号|案号|文号|批号|批次号?|序列号?|条形?码|注册号|登记证号?"
    r"|许可证号?|备案号?|受理号|宗地号|代码|标识码?|户号|货号|型号|图号|件号|书号|刊号|期号|合同号|票号"
    rf"|招标号|采购号|项目号|[Nn][Oo]\.?){_THEN}"
)
CREDIT_CODE = re.compile(rf"(?:信用代码|机构代码|代码证|税号|识别号){_THEN}")
MOBILE = re.compile(
    rf"(?i:电话|手机|联系|热线|微信|致电|短信|号码|☎|☏|📞|📱|tel|phone|mobile){_THEN}"
)
ID_CARD = re.compile(rf"(?:身份证|身份证件|证件|公民身份|证号){_THEN}")
BANK_CARD = re.compile(rf"(?:卡|账户|帐户|账|帐|开户行|银行){_THEN}")

#: “Tel” and the like, and the end of an identity card's number.
LETTERS_OF_A_MOBILE = re.compile(
    r"(?:(?<![A-Za-z0-9])(?i:tel|phone|mobile|mob|cell|wx|vx|v|qq|t|m|p)|\d{12}X)$"
)
LETTER = re.compile(r"[A-Za-z]")
ADDRESS = re.compile(r"(?i:https?://|ftp://|www\.)[!-~]*$")
PLACE = re.compile(r"(?:坐标|经度|纬度|东经|北纬|经纬)[^\w\n]{0,3}(?:[\d.°,;\s]|东经|北纬){0,40}$")
MONEY = re.compile(r"[¥$€£][ ]?$")
UNIT = re.compile(
    r"(?:\.\d{1,4})?[ ]?(?:[元亿吨亩米株㎡%°]|万[元吨亩人户株斤]|平方|公里|千克|立方|人次|户次|余元)"
)


def before(text: str, start: int, reach: int = REACH) -> str:
    """Return what stands before a place."""
    return text[max(start - reach, 0) : start]


def is_labelled(text: str, start: int, label: re.Pattern[str]) -> bool:
    """Tell whether a label of some kind stands before a number."""
    return label.search(before(text, start)) is not None


def is_amount(text: str, start: int, end: int) -> bool:
    """Tell whether a number is counted in something, or is a place on the map."""
    counted = UNIT.match(text, end) is not None or MONEY.search(before(text, start)) is not None
    return counted or PLACE.search(before(text, start, 60)) is not None


def is_in_address(text: str, start: int) -> bool:
    """Tell whether a number is part of the address of a page on the web."""
    return ADDRESS.search(before(text, start, FAR)) is not None


def is_in_code(text: str, start: int, end: int) -> bool:
    """Tell whether letters join a number into a longer code; “Tel” and a mail address do not."""
    if text[end : end + 1] == "@":
        return False
    if LETTER.match(text, end):
        return True
    near = before(text, start)
    return LETTER.match(near, len(near) - 1) is not None and not LETTERS_OF_A_MOBILE.search(near)
