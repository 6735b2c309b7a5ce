"""What a figure is counted per: "a year", 年产, "/t", "per kWh"; right behind it or somewhere in the phrase."""

from __future__ import annotations

import re

from kg.figures.unit_words import UnitWords

__all__ = ["per_after", "periods_in"]

_PER = re.compile(
    r"\s*-?(?:/|\bper\b|\ba\b|\ban\b|\beach\b|\bevery\b|每|一(?=[年月日天])|\bpar\b|\bpro\b|\bal\b|\ball'|\bpor\b|\bao\b"
    r"|\bà l'|"
    r"\bl'|\bim\b)[\s-]*",
    re.IGNORECASE,
)  # fmt: skip

# Words for a period, and what makes a figure one of a period without such a word.
_PERIODS = {
    "year": r"years?|yrs?|annum|annual|a|y|an|année|jahr|anno|año|ano|rok|年",
    "month": r"months?|mo|mois|monat|mese|mes|mês|月",
    "day": r"days?|d|jour|tag|giorno|día|dia|dzień|日|天",
    "hour": r"hours?|h|heure|stunde|ora|hora|小时|时",
}
_PERIOD = {
    period: re.compile(rf"(?:{words})(?![^\W\d_\u2e80-\u9fff])(?! (?:ago|earlier|later|before|after))", re.IGNORECASE)
    for period, words in _PERIODS.items()
}
_ADVERBS = {
    "year": r"\s*(?:p\.\s?a\.?|pa(?!\w)|py(?!\w)|annually|yearly|annuels?|annuelles?|jährlich|annu[ie]|all'anno"
    r"|anuales?|anuais|"
    r"rocznie|évente)(?!\w)",
    "month": r"\s*(?:monthly|mensuels?|mensuelles?|monatlich|mensili?|mensuales|mensais)(?!\w)",
    "day": r"\s*(?:daily|täglich|al giorno|diari[oae]s?)(?!\w)",
}
_ADVERB = {period: re.compile(words, re.IGNORECASE) for period, words in _ADVERBS.items()}
_ANYWHERE = {
    "year": r"\bannual(?!\s+(?:growth|increase))|\bannually\b|\byearly\b|\bper year\b|\bper annum\b|\bp\.a\."
    r"|(?<!within )(?<!in )(?<!over )(?<!\d )(?<!for )\ba year\b(?! ago| earlier| later)|\beach year\b"
    r"|\bevery year\b|/\s?(?:yr|year|a|y)\b|/\s*年"
    r"|每年|(?<!\d)年(?:产|造|均|处理|處理|加工|发电|供|需|消耗|节|减|销|回收|利用|新增|营|营业|收入|税|利|拆解|运|吞吐|度产能|设计|综合)"
    r"|\bannuels?\b|\bannuelles?\b|\bpar an\b|jährlich|jahres|pro jahr|im jahr\b|\ball'anno\b|\bannu[aoei]\b"
    r"|\banual(?:es)?\b|\banuais\b"
    r"|\bal año\b|\bpor ano\b|\brocznie\b|\broczn\w+\b|\bévente\b|\béves\b",
    "month": r"\bmonthly\b|\bper month\b|\ba month\b(?! ago)|每月|(?<![\d一二三四五六七八九十])月产|/\s*月",
    "day": r"\bdaily\b|\bper day\b|\ba day\b(?! ago)|每日|每天|日处理|日均|日产(?=[\d约近])|/\s*[日天]",
    "hour": r"\bhourly\b|\bper hour\b|每小时|/\s*小时",
}
_SOMEWHERE = {period: re.compile(words, re.IGNORECASE) for period, words in _ANYWHERE.items()}


def per_after(text: str, place: int, words: UnitWords) -> tuple[str, int] | None:
    """Read what a figure that ends at a place is counted per, and where those words end."""
    for period, pattern in _ADVERB.items():
        if found := pattern.match(text, place):
            return period, found.end()
    link = _PER.match(text, place)
    if link is None or not link[0].strip(" -"):
        return None
    for period, pattern in _PERIOD.items():
        if found := pattern.match(text.replace("-", " "), link.end()):
            return period, found.end()
    unit = words.at(text, link.end())
    if unit and len(unit.keys) and (link[0].strip() not in ("a", "an", "al", "l'") or len(unit.word) > 2):
        return unit.keys[0], unit.end
    return None


def periods_in(text: str) -> tuple[str, ...]:
    """Name the periods that a phrase tells of anywhere.

    >>> periods_in("annual capacity of 30 GWh"), periods_in("年产10万吨"), periods_in("2024年产量")
    (('year',), ('year',), ())
    """
    return tuple(period for period, pattern in _SOMEWHERE.items() if pattern.search(text))
