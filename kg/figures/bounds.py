"""Words that make a figure a limit: before it ("over", 不超过) or behind it (以上, "or more")."""

from __future__ import annotations

import re

__all__ = ["EXACTLY", "bound_after", "bound_start", "bounds_around", "bounds_before"]

EXACTLY = "Exactly"

# Between such a word and its figure nothing may stand.
_CLOSE = {
    "MoreThan": "over above > exceeding exceeds exceed exceeded topped topping surpassing surpassed surpasses "
    "topping beyond "
    "超过 过 超 逾 突破 超出 多于 大于 高于 über oltre ponad powyżej över drygt ruim yli свыше более понад над hơn",
    "AtMost": "under below < ≤ <= 不超过 不超 不高于 不大于 不多于 至多 最多 最高 低于 少于 小于 不足 不到 未满 未超过 "
    "최대 enintään alle hingga maximaal maksimalt до unter sotto do højst högst 最大 最高可达 最高达 为最多",
    "AtLeast": "minst mindst minstens vähintään ≥ >= 不低于 不少于 不小于 至少 最少 最低 최소 不下于 不低于人民币",
    "About": "约 大约 大概 约为 约合 近 将近 接近 几近 几乎 近乎 ~ ～ ≈ ± c. ca ca. c some approx. approx est. 预计约 "
    "약 knapp fast unos unas quasi casi quase ok. około blisko prawie rund etwa circa environ quelque presque "
    "حوالي نحو تقريبا "
    "noin lähes ongeveer bijna zo'n nästan nesten næsten rundt sekitar hampir yaklaşık khoảng gần около почти "
    "примерно порядка близько майже omkring cirka ungefär mintegy közel csaknem körülbelül ungefähr gut",
}

# Between these and their figure some plain words may stand: "up to a total of 40 GWh".
_LOOSE = {
    "MoreThan": ("more than", "greater than", "larger than", "higher than", "upwards of", "upward of", "in excess of",
                 "north of", "plus de", "plus d'", "mehr als", "più di", "más de", "mais de", "acima de", "więcej niż",
                 "meer dan", "mere end", "mer enn", "mer än", "lebih dari", "больше", "больш за", "повече от",
                 "több mint", "supérieur à", "supérieure à", "au-delà de"),
    "AtMost": ("up to", "upto", "as much as", "as many as", "as high as", "as large as", "at most", "no more than",
               "not more than", "not exceeding", "not to exceed", "not exceed", "no greater than", "no larger than",
               "maximum", "max.", "max", "less than", "fewer than", "lower than", "smaller than", "within",
               "op til", "op mod", "opptil", "upp till", "allt að", "tối đa", "не более", "не более чем", "en fazla",
               "jusqu'à", "jusqu'a", "au plus", "au maximum", "moins de", "moins d'",
               "bis zu", "höchstens", "maximal",
               "weniger als",
               "fino a", "fino ad", "al massimo", "meno di", "hasta", "como máximo", "menos de", "até", "no máximo",
               "do maksymalnie", "maksymalnie", "akár", "legfeljebb", "kevesebb mint", "just under", "a little under",
               "slightly under", "slightly less than", "a little less than", "capped at", "cap of", "cap"),
    "AtLeast": ("at least", "no less than", "not less than", "not be less than", "not be lower than", "not be below",
                "no fewer than", "not fewer than", "no lower than", "not lower than", "minimum",
                "min.", "au moins", "au minimum", "mindestens", "wenigstens", "almeno",
                "al menos", "por lo menos", "como mínimo", "pelo menos", "no mínimo", "co najmniej", "legalább",
                "a minimum of", "не менее", "не менее чем", "ít nhất", "en az", "setidaknya"),
    "About": ("about", "around", "roughly", "approximately", "approximate", "approximating",
              "nearly", "almost", "close to", "near", "circa",
              "in the region of", "in the order of", "on the order of", "an estimated", "estimated",
              "près de", "près d'", "proche de", "autour de", "aux alentours de", "intorno a", "cerca de",
              "alrededor de",
              "aproximadamente", "em torno de", "por volta de", "approssimativamente", "näherungsweise"),
}  # fmt: skip

# Plain words between a loose word and its figure.
_FILLER = re.compile(
    r"(?:(?<!\w)(?:an?|the|total|of|area|size|length|combined|estimated|additional|another|further|annual|yearly|capacity|production|order|"
    r"initial|initially|planned|investment|worth|around|new|un|une|el|los|las|de|des|di|von|insgesamt|to)"
    r"|人民币|总|全国|全球|的|达到|达|[:：(（\"'“])\s*$",
    re.IGNORECASE,
)

_AFTER = (
    (re.compile(r"\s*(?:及|或|\()?以上|\s*이상|\s*起(?!\w)|\s*(?:or|and) (?:more|above|higher|greater|over|up)\b"
                r"|\s*(?:at least|minimum)(?!\w)"
                r"|\s*(?:upwards|ou plus|et plus|oder mehr|o más|ou mais|o più)(?!\w)", re.IGNORECASE), ("AtLeast",)),
    (re.compile(r"\s*(?:及|或|\()?(?:以下|以内|之内|未满|未満|이하|미만|이내)"
                r"|\s*(?:or|and) (?:less|fewer|below|under|lower)\b"
                r"|\s*(?:at (?:the )?most|max\.?|maximum|ou moins)(?!\w)", re.IGNORECASE), ("AtMost",)),
    (re.compile(r"(?<=[年月天时])内"), ("AtMost", EXACTLY)),
    (re.compile(r"\s*(?:左右|上下|许(?!可)|or so(?!\w)|or thereabouts|approximately(?!\w)|approx\.?(?!\w)"
                r"|environ(?!\w))", re.IGNORECASE), ("About",)),
    (re.compile(r"\s*초과"), ("MoreThan",)),
    (re.compile(r"\s*余(?![热量额])|多(?=$|[的，。,、;； ])"), ("MoreThan",)),
    (re.compile(r"\s?\+(?!\s?\d)|[\s-]plus(?!\w)", re.IGNORECASE), ("MoreThan", "AtLeast")),
)  # fmt: skip

# The same sum in another currency may stand between a figure and the word behind it.
_ASIDE = re.compile(r"\s*[(（][^()（）]{1,24}[)）]")

# What looks like a bound and is none, or may be one.
_NO_BOUND = re.compile(
    r"(?:spread|spreads|spreading|stretch\w*|extend\w*|span\w*|sits|add\w*)\s+(?:over|up to)$", re.IGNORECASE
)
_PERHAPS = {
    "高达": ("AtMost", EXACTLY),
    "多达": ("AtMost", EXACTLY),
    "最高达": ("AtMost",),
    "estimated": ("About", EXACTLY),
    "an estimated": ("About", EXACTLY),
    "scale up to": ("AtMost", EXACTLY),
    "ramp up to": ("AtMost", EXACTLY),
    "just under": ("AtMost", "About"),
    "within": ("AtMost", EXACTLY),
}


# Signs that are part of other words: 签约 is to sign, 节约 to save, 附近 nearby.
_NOT_IN = {"大约": "(?<!最)", "过": "(?<![通经不超])", "约": "(?<![签节合条制履契预续])", "近": "(?<![附最就靠])"}


# Chinese words may stand between such a word and its figure.
_HAN_WORDS = r"[\u3040-\u30ff\u4e00-\u9fff]"
_FAR = {
    "AtLeast": re.compile(rf"(?:最低|不低于|不少于|最少|至少){_HAN_WORDS}{{0,20}}$"),
    "AtMost": re.compile(rf"(?:最高|最大|最多|不超过|不高于){_HAN_WORDS}{{0,12}}$"),
    "MoreThan": re.compile(rf"(?:超过|超過)(?:全国|全國|全球|其){_HAN_WORDS}{{0,6}}$"),
    "About": re.compile(
        rf"(?<![签节合条制履契预续])(?:约|約)(?:(?:占|佔){_HAN_WORDS}{{0,16}}|为|合|有|需要?)?(?:全国|全國|全球|其|总)?(?:的)?$"
    ),
}
_ESTIMATED = re.compile(r"\bestimate[sd]?\b", re.IGNORECASE)


def _ending(phrases: list[str]) -> re.Pattern[str]:
    """Match any of the phrases at the end of what stands before a figure."""
    parts = []
    for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase)):
        starts_word = phrase[0].isalpha() and ord(phrase[0]) < 0x2E80
        parts.append(
            (r"(?<![\w-])" if starts_word else _NOT_IN.get(phrase, "")) + re.escape(phrase).replace(r"\ ", r"\s+")
        )
    return re.compile(rf"(?:{'|'.join(parts)})$", re.IGNORECASE)


_BOUND_OF = {
    **{phrase: (bound,) for bound, phrases in _CLOSE.items() for phrase in phrases.split()},
    **{phrase: (bound,) for bound, phrases in _LOOSE.items() for phrase in phrases},
    **_PERHAPS,
}
_CLOSE_END = _ending([*_BOUND_OF])
_LOOSE_END = _ending([phrase for phrases in _LOOSE.values() for phrase in phrases] + ["多达", "高达"])


def bounds_before(text: str) -> tuple[str, ...]:
    """Read the bound that stands right before a figure; the first is the plain reading.

    >>> bounds_before("with up to a total of "), bounds_before("spread over "), bounds_before("投资不低于")
    (('AtMost',), ('Exactly',), ('AtLeast',))
    """
    return _bound_before(text)[0]


def bound_start(text: str) -> int:
    """Give where the words begin by which a figure behind a text is bound; its end where there are none.

    >>> bound_start("with up to a total of "), bound_start("up to about "), bound_start("for ")
    (5, 0, 4)
    """
    return _bound_before(text)[1]


def _bound_before(text: str) -> tuple[tuple[str, ...], int]:
    words, pattern = text.rstrip(' "“(（'), _CLOSE_END
    while True:
        found = pattern.search(words)
        if found:
            return _of_phrase(words, found)
        filler = _FILLER.search(words)
        if filler is None:
            return _from_afar(text)
        words, pattern = words[: filler.start()].rstrip(), _LOOSE_END


def _of_phrase(words: str, found: re.Match[str]) -> tuple[tuple[str, ...], int]:
    """Give the bound of a phrase, after that of one before it, and where they begin: "up to approximately" is both."""
    if _NO_BOUND.search(words):
        return (EXACTLY,), found.start()
    own = _BOUND_OF[re.sub(r"\s+", " ", found[0].casefold())]
    outer = _CLOSE_END.search(words[: found.start()].rstrip())
    if outer is None:
        return own, found.start()
    return (*_BOUND_OF[re.sub(r"\s+", " ", outer[0].casefold())], *own), outer.start()


def _from_afar(text: str) -> tuple[tuple[str, ...], int]:
    """Read a bound that some words part from its figure: 约占全国, 最低交易量为每年, "the estimated cost is"."""
    for bound, pattern in _FAR.items():
        if found := pattern.search(text):
            return (bound,), found.start()
    return ((EXACTLY, "About") if _ESTIMATED.search(text) else (EXACTLY,)), len(text)


def bounds_around(text: str, start: int, end: int) -> tuple[tuple[str, ...], int]:
    """Read the bound of a figure from both sides, and where the words behind it end."""
    before = bounds_before(text[:start])
    after, end = bound_after(text, end)
    if before[0] == EXACTLY:
        return (after if after[0] != EXACTLY else before), end
    return (before if after[0] == EXACTLY else (*before, *after)), end


def bound_after(text: str, place: int) -> tuple[tuple[str, ...], int]:
    """Read the bound that stands right behind a figure, and where it ends.

    >>> bound_after("30GWh以上", 5), bound_after("30 GWh or so", 6), bound_after("30 GWh", 6)
    ((('AtLeast',), 7), (('About',), 12), (('Exactly',), 6))
    """
    aside = _ASIDE.match(text, place)
    for start in (place, aside.end() if aside else place):
        for pattern, bounds in _AFTER:
            if found := pattern.match(text, start):
                return bounds, place if start != place else found.end()
    return (EXACTLY,), place
