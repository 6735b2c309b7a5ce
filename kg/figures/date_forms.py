"""The forms in which texts print a single date, each with what it means.

A day in figures whose month cannot be told (06/07/2023) is in doubt and said to be so;
"may" is a month only beside a day, a year or a word such as "in".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from kg.figures.date_words import MONTHS, ORDINALS, SEASONS, WEEKDAYS
from kg.figures.printed_date import EXACT, TO, Moment, PrintedDate

__all__ = ["find_dates"]

Found = re.Match[str]

_DIGITS = {sign: number for number, sign in enumerate("零一二三四五六七八九")}
_NAMES = "|".join(sorted(MONTHS, key=lambda name: (-len(name), name)))
_MONTH = rf"(?<![^\W\d_])(?:{_NAMES})(?![^\W\d_])\.?"
_YEAR = r"(?:19|20)\d\d(?!\d|[,.]\d{3})"
_HAN_YEAR = r"(?:(?<!\d)(?:19|20)\d\d|[一二][零一二三四五六七八九]{3}|(?<!\d)[12]\d(?= ?年 ?\d{1,2} ?月))"
_HAN = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3}|元)"
_DAY = r"(?<![\d.,])(?:0?[1-9]|[12]\d|3[01])(?!\d|[.,]\d)(?:st|nd|rd|th|er|º)?"
_THROUGH = r"(?:-|–|—|至|到|~)"
_HAN_MONTHS_ON = rf"(?:{_THROUGH} ?(?P<m2>{_HAN}) ?)?"
_HAN_DAYS = rf"(?: ?(?P<d>{_HAN}) ?[日号]?(?:{_THROUGH} ?(?P<d2>{_HAN}) ?)?[日号])?"
_OF = r"(?:\s+of|\s+de|\s+del)?"
_QUARTER = "|".join(sorted(ORDINALS, key=lambda word: (-len(word), word)))


def _number(text: str) -> int:
    """Read the number of a year, a month or a day, in digits or in Chinese signs."""
    if text == "元":
        return 1
    if digits := re.match(r"\d+", text):
        return int(digits[0])
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
    return int("".join(str(_DIGITS[sign]) for sign in text))


def _year(text: str | None) -> int | None:
    if not text:
        return None
    number = _number(text.lstrip("'"))
    return 2000 + number if number < 100 else number


def _month(text: str) -> int:
    return MONTHS[text.rstrip(".").casefold()]


def _group(found: Found, *names: str) -> str:
    """Give the first of some groups that the form has and that matched, else nothing."""
    groups = found.groupdict()
    return next((groups[name] for name in names if groups.get(name)), "")


def _at(found: Found, moment: Moment, last: Moment | None = None) -> PrintedDate:
    return PrintedDate(found.start(), found.end(), moment, last)


def _moment(year: int | None, month: int, day: int | None = None) -> Moment:
    return Moment(year, months=(month, month), days=(day, day) if day else None)


# --- days and months ---------------------------------------------------------------------


def _iso(found: Found) -> PrintedDate:
    return _checked(found, _number(found["y"]), _number(found["m"]), _number(found["d"]))


def _checked(found: Found, year: int, month: int, day: int) -> PrintedDate:
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return replace(_at(found, Moment(year)), doubt=f"{found[0]!r} is no day of any year")
    return _at(found, _moment(year, month, day))


def _in_figures(found: Found) -> PrintedDate:
    """Read 17.06.2023 or 17/06/2023; with two parts up to twelve and a slash it cannot be told."""
    first, second, year = _number(found["a"]), _number(found["b"]), _number(found["y"])
    if found["sep"] == "." or first > 12 or first == second:
        return _checked(found, year, second, first)
    if second > 12:
        return _checked(found, year, first, second)
    doubt = f"{found[0]!r} may begin with the day or with the month"
    return replace(_at(found, Moment(year)), doubt=doubt)


def _year_and_month(found: Found) -> PrintedDate:
    return _at(found, _moment(_number(found["y"]), _number(found["m"])))


def _named(found: Found) -> PrintedDate:
    """Read a month in words, with a day and a year or without."""
    day, last = (_number(text) if (text := _group(found, name)) else None for name in ("d", "d2"))
    moment = _moment(_year(_group(found, "y", "y2")), _month(found["m"]), day)
    return _at(found, replace(moment, days=(day, last)) if day and last else moment)


def _chinese(found: Found) -> PrintedDate:
    month, last_month = _number(found["m"]), _number(_group(found, "m2") or found["m"])
    moment = Moment(_year(_group(found, "y")), _OFFSETS.get(_group(found, "rel")), (month, last_month))
    if not (1 <= month <= 12 and 1 <= last_month <= 12):
        return replace(_at(found, Moment(moment.year)), doubt=f"{found[0]!r} is no month")
    if day := _group(found, "d"):
        moment = replace(moment, days=(_number(day), _number(_group(found, "d2") or day)))
    return _at(found, moment)


# --- parts of a year ------------------------------------------------------------------------


def _quarter(found: Found) -> PrintedDate:
    word = _group(found, "q", "q2").casefold()
    number = int(word) if word.isdigit() else ORDINALS[word]
    return _at(found, _with_year(found, (3 * number - 2, 3 * number)))


def _half(found: Found) -> PrintedDate:
    word = (found["h"] or "").casefold()
    first = word in ("1", "first", "上", "erstes", "ersten", "premier", "primo", "primer", "primeiro", "一", "第一")
    return _at(found, _with_year(found, (1, 6) if first else (7, 12)))


def _with_year(found: Found, months: tuple[int, int]) -> Moment:
    return Moment(_year(_group(found, "y")), _OFFSETS.get(_group(found, "rel").casefold()), months)


def _season(found: Found) -> PrintedDate:
    return replace(_at(found, Moment(_year(found["y"]), months=SEASONS[found["s"].casefold()])), season=True)


def _five_years(found: Found) -> PrintedDate:
    number = _number(_group(found, "p"))
    first = 2021 + 5 * (number - 14)
    return _at(found, Moment(first), Moment(first + 4))


def _short_range(found: Found) -> PrintedDate:
    """Read 2025-27 and 2025/26, but 2025-06 as a month."""
    year, last = _number(found["y"]), _number(found["l"])
    if 1 <= last <= 12:
        return _at(found, _moment(year, last))
    if last <= year % 100:
        return replace(_at(found, Moment(year)), doubt=f"{found[0]!r} is neither a month nor two years")
    return _at(found, Moment(year), Moment(year // 100 * 100 + last))


def _decade(found: Found) -> PrintedDate:
    first = _number(found["y"])
    return _at(found, Moment(first), Moment(first + 9))


def _whole_year(found: Found) -> PrintedDate:
    return _at(found, Moment(_year(found["y"])))


def _bare_year(found: Found) -> PrintedDate:
    return replace(_at(found, Moment(_number(found["y"]))), bare=True)


# --- dates told from the day of publication ---------------------------------------------------


_OFFSETS = {
    "今年": 0, "本年": 0, "当年": 0, "年内": 0, "明年": 1, "来年": 1, "后年": 2, "去年": -1, "前年": -2,
    "this year": 0, "the year": 0, "next year": 1, "last year": -1, "cette année": 0, "l'année prochaine": 1,
    "dieses jahr": 0, "diesem jahr": 0, "vergangenen jahr": -1, "letzten jahr": -1, "nächsten jahr": 1,
    "l'année dernière": -1, "nächstes jahr": 1, "quest'anno": 0, "este año": 0,
}  # fmt: skip
_REL = "|".join(sorted(_OFFSETS, key=lambda word: (-len(word), word)))
_MONTHS_OFF = {"本月": 0, "当月": 0, "上月": -1, "上个月": -1, "下月": 1, "下个月": 1,
               "this month": 0, "last month": -1, "next month": 1, "earlier this month": 0,
               "later this month": 0}  # fmt: skip
_DAYS_OFF = {
    "today": (0, 0), "yesterday": (-1, -1), "tomorrow": (1, 1), "今日": (0, 0), "今天": (0, 0), "昨日": (-1, -1),
    "昨天": (-1, -1), "明天": (1, 1), "日前": (-31, 0), "近日": (-31, 0), "recently": (-92, 0), "this week": (-7, 7),
    "last week": (-14, 0), "next week": (0, 14), "heute": (0, 0), "aujourd'hui": (0, 0), "oggi": (0, 0), "hoy": (0, 0),
}  # fmt: skip


def _relative_year(found: Found) -> PrintedDate:
    return _at(found, Moment(offset=_OFFSETS[found["rel"].casefold()]))


def _two_years(found: Found) -> PrintedDate:
    return _at(found, Moment(offset=0), Moment(offset=1))


def _relative_month(found: Found) -> PrintedDate:
    return PrintedDate(found.start(), found.end(), months_off=_MONTHS_OFF[found[0].casefold()])


def _relative_day(found: Found) -> PrintedDate:
    return PrintedDate(found.start(), found.end(), near=_DAYS_OFF[found[0].casefold()])


def _year_end(found: Found) -> PrintedDate:
    return _at(found, Moment(part="end"))


def _day_alone(found: Found) -> PrintedDate:
    """Read 17日 or "on the 26th", whose month is that of the publication or the one before or after it."""
    return PrintedDate(found.start(), found.end(), near=(-31, 31), day=_number(found["d"]))


def _weekday(found: Found) -> PrintedDate:
    day = WEEKDAYS.index(found["w"].casefold())
    return PrintedDate(found.start(), found.end(), near=(-7, 7), weekday=day)


_COUNTS = {
    word: number
    for number, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1)
}


def _ahead(found: Found) -> PrintedDate:
    word = found["n"].casefold()
    number = int(word) if word.isdigit() else _COUNTS.get(word) or (2 if word == "两" else _number(word))
    return PrintedDate(found.start(), found.end(), ahead=number, limits=(EXACT, TO))


# --- the forms, each with its reader ---------------------------------------------------------


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


_OF_YEAR = rf"(?:(?:\s|/|-)?(?:of )?(?:(?P<y>{_YEAR}|\d\d(?![\d.,%]))|(?P<rel>{_REL})))?"
_SEASON = _any(word for word in SEASONS if ord(word[0]) < 0x2E80)
_HAN_SEASON = _any(word for word in SEASONS if ord(word[0]) >= 0x2E80)

_FORMS: tuple[tuple[str, Callable[[Found], PrintedDate]], ...] = (
    (r"(?<!\d)(?P<y>\d{4})(?P<s>[-/.]) ?(?P<m>\d{1,2})(?P=s) ?(?P<d>\d{1,2})(?![\d.,]?\d)", _iso),
    (r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)", _iso),
    (r"(?<![\d.])(?P<a>\d{1,2})(?P<sep>[./-]) ?(?P<b>\d{1,2})(?P=sep) ?(?P<y>(?:19|20)\d\d)(?!\d)", _in_figures),
    (rf"(?<!\d)(?P<m>0?[1-9]|1[0-2])/(?P<y>{_YEAR})", _year_and_month),
    (rf"(?P<y>{_YEAR})\.? (?P<m>{_MONTH})(?: (?P<d>{_DAY})\.?)?", _named),
    (rf"(?:the )?(?P<d>{_DAY})\.?(?:\s?(?:-|–|—|to|and|bis|au|al)\s?(?P<d2>{_DAY})\.?)?{_OF}[\s-]+(?P<m>{_MONTH})"
     rf"(?:,?{_OF}[\s-]+(?P<y>{_YEAR}|'\d\d))?", _named),
    (rf"(?P<m>{_MONTH})\s+(?P<d>{_DAY})(?:\s?(?:-|–|—|to|and)\s?(?P<d2>{_DAY}))?(?:,?{_OF}\s+(?P<y>{_YEAR})"
     rf"|,(?P<y2>{_YEAR}))?", _named),
    (rf"(?P<m>{_MONTH}),?{_OF}[\s-]+(?P<y>{_YEAR}|'\d\d)", _named),
    (rf"(?:(?P<rel>{_REL})|(?P<y>{_HAN_YEAR}) ?年) ?(?:的)?(?P<m>{_HAN}) ?{_HAN_MONTHS_ON}"
     rf"月(?:份)?{_HAN_DAYS}", _chinese),
    (rf"(?<![\d个])(?P<m>(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])) ?{_HAN_MONTHS_ON}"
     rf"月(?!产|薪|均)(?:份)?{_HAN_DAYS}", _chinese),
    (rf"(?<!\w)(?:Q(?P<q>[1-4])|(?P<q2>[1-4])Q){_OF_YEAR}(?!\w)", _quarter),
    (rf"(?P<y>{_YEAR})\s?(?:Q(?P<q>[1-4])|(?P<q2>[1-4])Q)(?!\w)", _quarter),
    (rf"(?:the )?(?P<q>{_QUARTER})\s?(?:quarter|quartal|trimestre|trimestr)(?:(?: of)?(?: de)?\s(?:(?P<y>{_YEAR})"
     rf"|(?P<rel>{_REL})))?", _quarter),
    (rf"(?:(?P<rel>{_REL})|(?P<y>{_HAN_YEAR}) ?年)?(?:的)? ?第?(?P<q>[一二三四1-4]) ?季度", _quarter),
    (rf"(?<!\w)(?:H(?P<h>[12]))(?:(?:\s|/|-)?(?:of )?(?P<y>{_YEAR}|\d\d(?![\d.,%])))?(?!\w)", _half),
    (rf"(?<!\w)(?P<h>[12])H(?:(?:\s|/|-)?(?:of )?(?P<y>{_YEAR}|\d\d(?![\d.,%])))?(?!\w)", _half),
    (rf"(?P<y>{_YEAR})\s?H(?P<h>[12])(?!\w)", _half),
    (rf"(?:the )?(?P<h>first|second|latter|last|erstes|ersten|zweites|zweiten|premier|second|primo|secondo|primer"
     rf"|segundo)\s"
     rf"(?:half|halbjahr|semestre)(?: of)?(?: de)?(?:\s(?:(?P<y>{_YEAR})|(?P<rel>{_REL})))?", _half),
    (rf"(?:(?P<rel>{_REL})|(?P<y>{_HAN_YEAR}) ?年)?(?P<h>[上下])半年", _half),
    (rf"(?<!\w)(?:the )?(?P<s>{_SEASON})(?:\s+of)?(?:\s+de)?\s+(?P<y>{_YEAR})", _season),
    (rf"(?P<y>{_HAN_YEAR}) ?年(?P<s>{_HAN_SEASON})", _season),
    (r"[“\"]?(?P<p>十[三四五])五[”\"]?(?:规划|期间|时期)*", _five_years),
    (rf"(?P<y>{_YEAR})(?P<sep>[-–/])(?P<l>\d\d)(?![\d/.-]|\s?(?:年))", _short_range),
    (rf"(?P<y>{_YEAR})(?P<sep>[–-])(?P<l>\d\d)年", _short_range),
    (r"(?<![\w.,])(?:the )?(?P<y>(?:19|20)\d0)'?s(?!\w)", _decade),
    (rf"(?<!\w)(?:FY|fiscal(?: year)?|financial year|the year|Jahr|l'année|el año)\s?(?P<y>{_YEAR})", _whole_year),
    (rf"(?P<y>{_HAN_YEAR}) ?年(?!产|间)?(?:度|全年)?", _whole_year),
    (r"(?<!\w)(?:year[- ]end|(?:the )?year's end|(?:the )?end of the year)(?!\w)", _year_end),
    (r"(?<![\d月至到-])(?P<d>[12]?\d|3[01])[日号](?!均|产|处理)", _day_alone),
    (r"(?<!\w)on the (?P<d>\d{1,2})(?:st|nd|rd|th)(?!\w)", _day_alone),
    (r"今明两年|今明年", _two_years),
    (rf"(?P<rel>{_REL})", _relative_year),
    (r"(?P<rel>年内)", _relative_year),
    (_any(_MONTHS_OFF), _relative_month),
    (rf"(?<!\w)(?:{_any(_DAYS_OFF)})(?!\w)|{_any(word for word in _DAYS_OFF if ord(word[0]) > 0x2E80)}", _relative_day),
    (rf"(?<!\w)(?:on |this |last |next )?(?P<w>{'|'.join(WEEKDAYS)})(?!\w)", _weekday),
    (r"(?:in |within |over |during )?(?:the )?(?:next|coming) (?P<n>\d{1,2}|" + "|".join(_COUNTS) + r") years?",
     _ahead),
    (r"within (?P<n>\d{1,2}|" + "|".join(_COUNTS) + r") years?", _ahead),
    (r"(?:未来|今后|接下来的|接下來的|之后)(?P<n>\d{1,2}|[一二两三四五六七八九十])年之?内?", _ahead),
    (r"(?P<n>\d{1,2}|[一二两三四五六七八九十])年(?:之内|内)", _ahead),
    (rf"(?<![\w.,])(?P<y>{_YEAR})(?![\w%]|,\d|\.\d)", _bare_year),
    (rf"(?:^(?=May$)|^(?!may\b|march\b|mar\b|dec\b|sept?\b|jan\b)|(?<=\bin )|(?<=\bby )|(?<=\buntil )|(?<=\bsince )"
     rf"|(?<=\bthan )|(?<=\bbefore )|(?<=\bafter )|(?<=\bof )|(?<=\blast )|(?<=\bnext )|(?<=\bfrom )|(?<=\bto )|"
     rf"(?<=\bearly )|(?<=\blate )|(?<=\bmid-)|(?<=\bmid )|(?<=\bthis )|(?<=\bbetween )|(?<=\band )|(?<=-)"
     rf"|(?<=–))(?P<m>{_MONTH})(?=$|[\s,.;)–-])", _named),
    # A month before another with a word between them: "März oder April 2025".
    (rf"(?!may or may\b)(?P<m>{_MONTH})(?=\s?(?:-|–|—|/|or|and|to|oder|und|bis|ou|et|à|o|y|e|a|lub|eller)\s?{_MONTH})",
     _named),
)  # fmt: skip
_COMPILED = tuple((re.compile(form, re.IGNORECASE), reader) for form, reader in _FORMS)


def find_dates(text: str) -> list[PrintedDate]:
    """Find the single dates of a normalised phrase in order; where several forms begin, the longest.

    >>> [date.first for date in find_dates("in June 2023, it may grow")]
    [Moment(year=2023, offset=None, months=(6, 6), days=None, part=None)]
    """
    found = [(match, reader) for form, reader in _COMPILED for match in form.finditer(text)]
    chosen: list[PrintedDate] = []
    for match, reader in sorted(found, key=lambda pair: (pair[0].start(), -pair[0].end())):
        if not chosen or match.start() >= chosen[-1].end:
            chosen.append(reader(match))
    return chosen
