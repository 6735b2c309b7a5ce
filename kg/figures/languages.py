"""Which way of writing numbers a phrase follows, told from its words.

A point parts thousands in German and decimals in English. What language a document is
in helps, but a card in English may keep words of a page in French, so the words come first.
"""

from __future__ import annotations

import re

__all__ = ["COMMA_LANGUAGES", "language_of"]

# Languages that part decimals by a comma.
COMMA_LANGUAGES = frozenset(
    {"de", "fr", "it", "es", "pt", "pl", "hu", "cs", "sk", "sl", "hr", "sr", "sv", "nb", "no", "da", "fi", "is", "et"}
    | {"lv", "lt", "nl", "ro", "bg", "ru", "uk", "be", "el", "tr", "id", "vi"}
)

_WORDS = {
    "de": "und der die das mit von rund etwa über bis mehr mindestens knapp milliarden milliarde millionen mio mrd "
    "tonnen quadratmeter quadratmetern hektar arbeitsplätze arbeitsplätzen mitarbeiter prozent jahr pro jährlich "
    "zwischen tausend stellen beschäftigte jahre",
    "fr": "et le les des du plus moins environ près milliards millions emplois salariés tonnes par au aux an "
    "jusqu hectares entre mètres carrés véhicules euros ans",
    "it": "di il la oltre circa fino almeno miliardi milioni miliardo milione tonnellate posti lavoro ettari tra anno "
    "addetti metri quadrati",
    "es": "de el los más hasta millones millón toneladas empleos hectáreas entre año metros cuadrados puestos trabajo "
    "nuevos unos mil",
    "pt": "de os mais até milhões bilhões bilhão milhão toneladas empregos postos trabalho ano reais entre",
    "pl": "ponad około mld mln tys zł złotych miejsc pracy rocznie hektarów miliardów milionów",
    "sk": "miliardy miliónov milióny eur",
    "hu": "milliárd millió forint munkahely több mint mintegy tonna évente hektár",
}
_ENGLISH_WORDS = (
    "the a an of and or to in by for with over about up at least more than less under around nearly some million "
    "billion trillion tons ton tonne tonnes hectares metric square feet meters metres acres jobs people year years "
    "annually per annual is will capacity vehicles percent dollars yuan plant each"
)
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_LANGUAGES: dict[str, list[str]] = {}
for _language, _words in _WORDS.items():
    for _word in _words.split():
        _LANGUAGES.setdefault(_word, []).append(_language)

_LATIN_WORD = re.compile(r"[^\W\d_\u2e80-\u9fff\uac00-\ud7af]+")


def language_of(text: str, fallback: str | None = None) -> str | None:
    """Tell in which language a phrase counts; None where nothing tells.

    >>> language_of("26.000 Quadratmetern", "en"), language_of("2.445 GW", "en"), language_of("30万吨")
    ('de', 'en', 'zh')
    """
    votes: dict[str, int] = {}
    for word in _LATIN_WORD.findall(text.casefold()):
        if word in _ENGLISH:
            votes["en"] = votes.get("en", 0) + 1
        for language in _LANGUAGES.get(word, ()):
            votes[language] = votes.get(language, 0) + 1
    if re.search(r"[\u3400-\u9fff]", text):
        return "zh"
    if not votes:
        return fallback
    best = max(votes.values())
    leading = [language for language, count in votes.items() if count == best]
    if fallback in leading:
        return fallback
    return "en" if "en" in leading else leading[0]
