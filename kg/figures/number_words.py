"""Numbers in words of European languages, and the words for powers of ten that follow digits.

Spelled numbers are read by `text2num`; what newspapers add to them ("half a million",
"two dozen", "one and a half") is read here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from text_to_num import text2num

__all__ = ["MAGNITUDE", "SpelledNumber", "find_spelled_numbers", "magnitude_of"]

_MAGNITUDES: dict[str, int] = {
    "hundred": 2, "thousand": 3, "thousands": 3, "million": 6, "millions": 6, "billion": 9, "billions": 9,
    "trillion": 12, "trillions": 12, "mn": 6, "mln": 6, "mln.": 6, "mio": 6, "mio.": 6, "mill.": 6, "bn": 9, "bln": 9,
    "tn": 12, "trn": 12, "lakh": 5, "lakhs": 5, "crore": 7, "crores": 7, "cr": 7,
    "tausend": 3, "millionen": 6, "milliarde": 9, "milliarden": 9, "mrd": 9, "mrd.": 9, "md": 9, "mds": 9,
    "milliard": 9, "milliards": 9, "mille": 3, "mila": 3, "milione": 6, "milioni": 6, "miliardo": 9, "miliardi": 9,
    "mld": 9, "mld.": 9, "mil": 3, "millón": 6, "millones": 6, "billón": 12, "billones": 12,
    "milhão": 6, "milhões": 6, "bilhão": 9, "bilhões": 9, "tys.": 3, "tys": 3, "tysięcy": 3, "milion": 6,
    "milionów": 6, "miliony": 6, "miliardów": 9, "miliardy": 9,
    "miliarda": 9, "miliard": 9, "miliónov": 6, "milióny": 6,
    "milionu": 6, "milionů": 6, "miliárd": 9, "miliardu": 9, "ezer": 3,
    "miljard": 9, "miljarder": 9, "miljon": 6, "miljoner": 6, "milliarder": 9, "millioner": 6,
    "millió": 6, "milliárd": 9,
    "billionen": 12, "miljoen": 6, "duizend": 3, "ribu": 3, "juta": 6, "miliar": 9, "triliun": 12, "triệu": 6, "tỷ": 9,
    "milyon": 6, "milyar": 9, "milioane": 6, "miliarde": 9, "nghìn": 3, "bilion": 9,
    "tusind": 3, "tusen": 3, "mia": 9, "mia.": 9, "milj.": 6, "tuhatta": 3, "miljoona": 6, "miljoonaa": 6,
    "miljardi": 9, "miljardia": 9, "þúsund": 3, "milljón": 6, "milljónir": 6, "milljóna": 6, "milljónum": 6,
    "milljarð": 9, "milljarður": 9, "milljarðar": 9, "milljarða": 9, "milljörðum": 9, "tisíc": 3,
    "miljonit": 6, "miljardit": 9, "miljonu": 6, "miljardu": 9, "milijonų": 6, "milijardų": 9,
    "milijuna": 6, "milijun": 6, "miliona": 6, "milijona": 6, "milijardi": 9, "milijarde": 9,
    "тыс": 3, "тыс.": 3, "тысяч": 3, "тысячи": 3, "тысяча": 3, "млн": 6, "млн.": 6, "миллион": 6, "миллиона": 6,
    "миллионов": 6, "млрд": 9, "млрд.": 9, "миллиард": 9, "миллиарда": 9, "миллиардов": 9, "трлн": 12,
    "тисяч": 3, "мільйон": 6, "мільйона": 6, "мільйонів": 6, "мільярд": 9, "мільярда": 9, "мільярдів": 9,
    "мільён": 6, "мільёна": 6, "мільёнаў": 6, "мільярдаў": 9, "хиляди": 3, "милион": 6, "милиона": 6, "милиард": 9,
    "милиарда": 9, "χιλιάδες": 3, "εκατομμύρια": 6, "εκατομμυρίων": 6, "δισεκατομμύρια": 9, "δισεκατομμυρίων": 9,
    "مليون": 6, "ملايين": 6, "مليار": 9, "מיליון": 6, "מיליארד": 9, "लाख": 5, "करोड़": 7, "ล้าน": 6, "พันล้าน": 9,
}  # fmt: skip

_ALTERNATIVES = "|".join(re.escape(word) for word in sorted(_MAGNITUDES, key=lambda word: (-len(word), word)))

# One power of ten or several: "hundred million", "lakh crore", "mil millones".
MAGNITUDE = re.compile(rf"(?:[\s-]*(?:{_ALTERNATIVES})(?:(?<=\.)|(?![^\W\d_\u2e80-\u9fff])))+", re.IGNORECASE)
_ONE_MAGNITUDE = re.compile(rf"(?:{_ALTERNATIVES})(?:(?<=\.)|(?![^\W\d_\u2e80-\u9fff]))", re.IGNORECASE)

_ORDER = re.compile(
    r"(?<!\w)(?:(?:several|a few|many) )?(?P<words>(?:(?:tens|hundreds|thousands|millions|billions)(?: of )?)+)"
    r"|(?<!\w)(?:several|a few) (?P<power>hundred|thousand|million|billion)(?!\w)",
    re.IGNORECASE,
)
_LEVEL = re.compile(r"(?<!\w)(?<!\d )(?:(?:hundred|thousand|million|billion|trillion) ?)+(?=-?level)", re.IGNORECASE)
_PLURALS = {"tens": 1, "hundreds": 2, "thousands": 3, "millions": 6, "billions": 9}
_HALF_OF_A = re.compile(
    rf"(?<!\w)(?P<part>half|a quarter of|quarter of) an? (?P<power>{_ALTERNATIVES}|dozen)(?!\w)", re.IGNORECASE
)
_A_POWER = re.compile(
    r"(?<!\w)(?:an? (?P<power>hundred|thousand|million|billion|trillion|dozen|pair(?= of|$))"
    rf"|(?:un|una|uno|ein|eine|einer|um|uma) (?P<other>{_ALTERNATIVES}))(?!\w)",
    re.IGNORECASE,
)
_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion"
)
_WORD = "|".join(sorted(_UNITS.split(), key=len, reverse=True))
_ENGLISH = re.compile(
    rf"(?<![\w-])(?P<run>(?:{_WORD})(?:(?:[\s-]+|\s+and\s+)(?:{_WORD}))*)(?P<half>[\s-]+and[\s-]+a[\s-]+half)?"
    r"(?P<dozen>\s+dozen)?(?![^\W\d_\u2e80-\u9fff])",
    re.IGNORECASE,
)  # fmt: skip
_OTHER_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

# Articles that are also the number one.
_ARTICLES = frozenset(["un", "una", "uno", "une", "ein", "eine", "einen", "einem", "einer", "um", "uma"])
_LANGUAGES = frozenset({"fr", "de", "it", "es", "pt"})
_LONGEST_RUN = 6


@dataclass(frozen=True)
class SpelledNumber:
    """A number in words: where it stands, what it is, and whether it only names an order of magnitude."""

    start: int
    end: int
    value: Decimal
    order: bool = False


def magnitude_of(words: str) -> Decimal:
    """Give the power of ten that words name.

    >>> magnitude_of(" hundred million"), magnitude_of("Mrd.")
    (Decimal('100000000'), Decimal('1000000000'))
    """
    powers = [_MAGNITUDES[word.casefold()] for word in _ONE_MAGNITUDE.findall(words)]
    return Decimal(10) ** sum(powers)


def find_spelled_numbers(text: str, language: str | None) -> list[SpelledNumber]:
    """Find the numbers that a phrase spells, the longest at each place.

    >>> [(found.value, found.order) for found in find_spelled_numbers("half a million cars, two dozen firms", "en")]
    [(Decimal('500000.0'), False), (Decimal('24'), False)]
    """
    found = [*_orders(text), *_levels(text), *_parts(text), *_powers(text), *_english(text)]
    if language in _LANGUAGES:
        found += _spelled(text, language)
    chosen: list[SpelledNumber] = []
    for number in sorted(found, key=lambda number: (number.start, -number.end)):
        if not chosen or number.start >= chosen[-1].end:
            chosen.append(number)
    return chosen


def _orders(text: str) -> list[SpelledNumber]:
    numbers = []
    for found in _ORDER.finditer(text):
        if found["power"]:
            value = magnitude_of(found["power"])
        else:
            words = re.findall(r"[a-z]+s", found["words"].casefold())
            value = Decimal(10) ** sum(_PLURALS[word] for word in words)
        numbers.append(SpelledNumber(found.start(), found.end(), value, order=True))
    return numbers


def _levels(text: str) -> list[SpelledNumber]:
    """Find powers of ten that name a level: "trillion-level"."""
    return [
        SpelledNumber(found.start(), found.end(), magnitude_of(found[0]), order=True) for found in _LEVEL.finditer(text)
    ]


def _power(word: str) -> Decimal:
    few = {"dozen": 12, "pair": 2}.get(word.casefold())
    return Decimal(few) if few else magnitude_of(word)


def _parts(text: str) -> list[SpelledNumber]:
    return [
        SpelledNumber(
            found.start(), found.end(), _power(found["power"]) * Decimal("0.5" if found["part"] == "half" else "0.25")
        )
        for found in _HALF_OF_A.finditer(text)
    ]


def _powers(text: str) -> list[SpelledNumber]:
    return [
        SpelledNumber(found.start(), found.end(), _power(found["power"] or found["other"]))
        for found in _A_POWER.finditer(text)
    ]


def _english(text: str) -> list[SpelledNumber]:
    numbers = []
    for found in _ENGLISH.finditer(text):
        # A power of ten alone belongs to the digits before it.
        value = (
            None if _ONE_MAGNITUDE.match(found["run"]) else _parsed(re.sub(r"\s+", " ", found["run"]).casefold(), "en")
        )
        if value is None:
            continue
        value += Decimal("0.5") if found["half"] else 0
        numbers.append(SpelledNumber(found.start(), found.end(), value * (12 if found["dozen"] else 1)))
    return numbers


def _spelled(text: str, language: str) -> list[SpelledNumber]:
    """Find spelled numbers of other languages: the longest run of words that reads as one."""
    words = list(_OTHER_WORD.finditer(text))
    numbers, place = [], 0
    while place < len(words):
        step = 1
        for count in range(min(_LONGEST_RUN, len(words) - place), 0, -1):
            first, last = words[place], words[place + count - 1]
            run = text[first.start() : last.end()]
            value = None if run.casefold() in _ARTICLES else _parsed(run.casefold(), language)
            if value is not None:
                numbers.append(SpelledNumber(first.start(), last.end(), value))
                step = count
                break
        place += step
    return numbers


@cache
def _parsed(words: str, language: str) -> Decimal | None:
    try:
        return Decimal(str(text2num(words, language)))
    except ValueError:
        return None
