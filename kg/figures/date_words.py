"""The words that texts print for months, parts of a year or a month, and weekdays."""

from __future__ import annotations

__all__ = ["MONTHS", "ORDINALS", "PART_AFTER", "PART_BEFORE", "SEASONS", "WEEKDAYS", "WINDOWS"]

_MONTH_NAMES = """
january jan januari ledna leden januára januári janvier januar januari gennaio enero janeiro stycznia styczniu \
styczeń január janv ene gen jän jänner ιανουαρίου
february feb februára februári února février februar februari febbraio febrero fevereiro lutego lutym luty \
február févr fév fev φεβρουαρίου
march mar mars märz marzo março marca marcu marzec március μαρτίου
april apr apríla apríli dubna avril aprile abril kwietnia kwietniu kwiecień április avr abr απριλίου
may maj mája máji května mai mei maggio mayo maio maja maju maj május mag μαΐου
june jun júna júni června juin juni giugno junio junho czerwca czerwcu czerwiec június giu ιουνίου
july jul júla júli července juillet juli luglio julio julho lipca lipcu lipiec július juil lug ιουλίου
august aug augusti augusta auguste srpna août agosto sierpnia sierpniu sierpień augusztus aout αυγούστου
september sep septembra septembri září sept septembre settembre septiembre setembro września wrześniu wrzesień \
szeptember σεπτεμβρίου
october oct oktober októbra októbri října octobre oktober ottobre octubre outubro października październiku \
październik október okt ott οκτωβρίου
november nov novembra novembri novembre noviembre novembro listopada listopadzie listopad νοεμβρίου
december dec decembra decembri prosince décembre dezember dicembre diciembre dezembro grudnia grudniu grudzień \
déc dez dic δεκεμβρίου
"""
MONTHS: dict[str, int] = {
    word: number for number, line in enumerate(_MONTH_NAMES.strip().splitlines(), 1) for word in line.split()
}
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

ORDINALS = {
    **{word: number for number, words in enumerate(
        ("first 1st erstes ersten premier primo primer primeiro 一 第一",
         "second 2nd zweites zweiten deuxième secondo segundo 二 第二",
         "third 3rd drittes dritten troisième terzo tercer terceiro 三 第三", "fourth 4th final viertes vierten "
         "quatrième quarto cuarto 四 第四"), 1
    ) for word in words.split()},
}  # fmt: skip

# Months of the seasons on the northern half of the earth; newspapers are not strict.
SEASONS = {
    "spring": (3, 6), "printemps": (3, 6), "frühjahr": (3, 6), "frühling": (3, 6), "primavera": (3, 6), "春": (2, 5),
    "春季": (3, 5), "summer": (6, 9), "été": (6, 9), "sommer": (6, 9), "estate": (6, 9), "verano": (6, 9),
    "夏季": (6, 8), "autumn": (9, 12), "fall": (9, 12), "automne": (9, 12), "herbst": (9, 12), "autunno": (9, 12),
    "otoño": (9, 12), "秋季": (9, 11), "冬季": (12, 14), "winter": (12, 15), "hiver": (12, 15),
}  # fmt: skip

# Parts of a year by month, of a month by day; a newspaper's "early" has no sharp edge.
WINDOWS = {"early": (1, 4, 1, 12), "mid": (4, 9, 9, 21), "late": (9, 12, 19, 31), "end": (10, 12, 20, 31)}

PART_BEFORE = {
    "early": "early|(?:at )?the (?:start|beginning) of|(?:start|beginning) of|anfang|début|inizio|inizi|principios "
    "de|comienzos de|início de|na początku",
    "mid": "mid|the middle of|middle of|mitte|mi|milieu|metà|mediados de|meados de|w połowie",
    "late": "late|later in|towards the end of|spät",
    "end": "the end of|end of|year-?end|end|ende|fin|fine|finales de|final de|fim de|pod koniec|the close of",
}
PART_AFTER = {
    "early": "年?初|上旬", "mid": "年中|中旬|(?<=[年月])中(?!旬)", "late": "下旬", "end": "年?[底末]",
}  # fmt: skip
