"""Legal forms of companies, which are put in and left out of a name as people like: Co., Ltd., AG, 股份有限公司.

Those of the world in letters come from cleanco; those that are written in Chinese, Japanese or Korean, in full words,
or in front of the name stand here. A group or a holding is another company than its daughters, but people leave the
word out as freely, so that it is told apart.
"""

from __future__ import annotations

import re
from functools import cache

from cleanco.termdata import terms_by_country, terms_by_type

from kg.names.countries import country_code

__all__ = ["FORM_SIGNS", "are_foreign", "full_form", "legal_forms", "without_legal_form"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CHINESE = ("股份有限公司", "有限责任公司", "有限公司", "股份公司", "总公司", "公司", "有限合伙")
_KOREAN_OR_JAPANESE = ("株式会社", "有限会社", "合同会社", "주식회사", "유한책임회사", "유한회사")
_CHINESE_GROUPS = ("集团", "控股")
_LATIN_GROUPS = frozenset({"group", "holding", "holdings"})

FORM_SIGNS = re.compile(r"[㈱㈜㈲]|[(（][株주][)）]")
"""Signs of one character for forms that others write in full; `full_form` tells which."""

# In full words, of listed companies, and of countries that the library leaves out.
_MORE_FORMS = (
    "abp",
    "aktiebolag",
    "aktiengesellschaft",
    "aş",
    "berhad",
    "cjsc",
    "co",
    "gmbh and co kgaa",
    "jsc",
    "kommanditgesellschaft",
    "limited liability company",
    "limited partnership",
    "joint stock company",
    "jsa",
    "ojsc",
    "pcl",
    "persero",
    "pjsc",
    "private limited",
    "public company limited",
    "public joint stock company",
    "public limited company",
    "pvt",
    "pty",
    "publ",
    "qsc",
    "sa de cv",
    "sab de cv",
    "se and co kgaa",
    "societas europaea",
    "société anonyme",
    "s de rl de cv",
    "sp z oo",
    "spolka akcyjna",
    "tbk",
    "wll",
    "зао",
    "ао",
)
# What the library lists beside, though it is a word, or names a country where companies have daughters.
_NO_FORMS = _words(
    """
    aat ae aj al at ay ba bl bm ca coop cpt cv da dat ea ec ee eg ei ent ep et eu ev fa fie gs ij ik is je kd kf ks kt
    kv ky mb me nl ok pc pp private ps pse psu pt qk rt sal sc sd sem sep ses sm sp ss stg tapui teo ud uk unlimited vat
    xk xt y zat
    """
)
# In front of the name: PT Vale Indonesia, ООО Ромашка.
_IN_FRONT = _words("pt ao jsc ojsc pjsc oao ooo pao zao uab sia ао оао ооо пао зао")
_IN_SHORT = {
    "aktiengesellschaft": "ag",
    "aktiebolag": "ab",
    "société anonyme": "sa",
    "spolka akcyjna": "sa",
    "a s": "as",
    "societas europaea": "se",
}
# A translation writes any of these for 有限公司 or 株式会社; others belong to a country's own law.
_TRANSLATIONS = _words("and co company corp corporation inc incorporated limited llc ltd plc pte pty pvt")
_LONGEST = 5
# Forms of more countries (SA, NV) are missing here and there in the library.
_FEW = 3
_IN_MANY = frozenset({"nv", "se"})

_NO_LETTER = re.compile(r"\W+")
# Between two letters that stand alone.
_INITIALS = re.compile(r"(?<=\b\w) (?=\w\b)")


def full_form(sign: re.Match[str]) -> str:
    """Write a sign for a legal form in full.

    >>> FORM_SIGNS.sub(full_form, "㈱村田製作所"), FORM_SIGNS.sub(full_form, "(주)에코프로")
    ('株式会社村田製作所', '주식회사에코프로')
    """
    return {"㈲": "有限会社", "㈜": "주식회사", "주": "주식회사"}.get(sign[0].strip("(（）)"), "株式会社")


def without_legal_form(name_key: str, *, keep_groups: bool = False) -> str:
    """Take the legal form off a key, unless nothing but a letter would be left.

    With `keep_groups` a group stays one: Gotion, Gotion High-tech and Gotion Holding Group are three companies.

    >>> [without_legal_form(name) for name in ("瓮福集团有限责任公司", "envision group", "group")]
    ['瓮福', 'envision', 'group']
    >>> [without_legal_form(name, keep_groups=True) for name in ("瓮福集团有限责任公司", "gotion holding group")]
    ['瓮福集团', 'gotion holding group']
    >>> [without_legal_form(name) for name in ("verkor sas", "svolt gmbh and co kg", "synthos sp z oo", "pt vale")]
    ['verkor', 'svolt', 'synthos', 'vale']
    """
    while len(shorter := _shortened(name_key, keep_groups=keep_groups)) > 1 and shorter != name_key:
        name_key = shorter
    return name_key


def legal_forms(name_key: str) -> frozenset[str]:
    """Give the legal forms of a key that belong to the law of a country; a form that translations use counts as ''.

    >>> sorted(legal_forms("basf se")), sorted(legal_forms("basf corporation")), sorted(legal_forms("basf"))
    (['se'], [''], [])
    """
    stem = without_legal_form(name_key, keep_groups=True)
    rest = name_key.replace(stem, " ", 1).strip()
    if any(form in rest for form in (*_CHINESE, *_KOREAN_OR_JAPANESE)):
        return frozenset({""})
    words = _IN_SHORT.get(rest, rest).split()
    national = frozenset(word for word in words if word not in _TRANSLATIONS)
    return national or (frozenset({""}) if words else frozenset())


def are_foreign(forms: frozenset[str], country: str) -> bool:
    """Tell whether legal forms are those of a few other countries and not of one, by its English name or code.

    Of a country whose forms are not known, none is foreign.

    >>> are_foreign(frozenset({"gmbh"}), "Sweden"), are_foreign(frozenset({"ab"}), "SE")
    (True, False)
    >>> are_foreign(frozenset({"gmbh"}), "China"), are_foreign(frozenset({""}), "Sweden")
    (False, False)
    """
    homes = {form: {home for home, own in _forms_by_country().items() if form in own} for form in forms}
    known = [found for form, found in homes.items() if 0 < len(found) <= _FEW and form not in _IN_MANY]
    here = country_code(country)
    return here in _forms_by_country() and bool(known) and not any(here in found for found in homes.values())


def _shortened(name_key: str, *, keep_groups: bool) -> str:
    """Take one form off, in the script that the key ends or begins with."""
    cjk = _cjk_forms(keep_groups)
    shorter = cjk.sub("", name_key).strip()
    if shorter != name_key:
        return shorter
    words = name_key.split()
    for length in range(min(_LONGEST, len(words)), 0, -1):
        if _is_form(" ".join(words[-length:]), keep_groups=keep_groups):
            return " ".join(words[:-length]) or name_key
    # Right behind Chinese there is no space: 宁德时代ltd.
    if words and (behind := _behind_cjk().search(name_key)) and _is_form(behind[1], keep_groups=keep_groups):
        return name_key[: behind.start(1)]
    return " ".join(words[1:]) if len(words) > 1 and words[0] in _IN_FRONT else name_key


def _is_form(words: str, *, keep_groups: bool) -> bool:
    return words in _latin_forms() or words == "and" or (not keep_groups and words in _LATIN_GROUPS)


@cache
def _latin_forms() -> frozenset[str]:
    """Give the forms in letters, as they stand in a key."""
    listed = (term for terms in (*terms_by_type.values(), *terms_by_country.values()) for term in terms)
    keys = {key for term in listed for key in _keys(term)}
    return frozenset(key for key in keys if len(key) > 1 and key not in _NO_FORMS) | frozenset(_MORE_FORMS)


@cache
def _forms_by_country() -> dict[str, frozenset[str]]:
    return {
        code: frozenset(key for term in terms for key in _keys(term))
        for country, terms in terms_by_country.items()
        if (code := country_code(country))
    }


def _keys(term: str) -> set[str]:
    """Give a form of the library as keys have it: a dotted abbreviation joined (S.A.), other signs parted (A/S)."""
    words = _NO_LETTER.sub(" ", term.replace("&", " and ")).split()
    return {" ".join(words), "".join(words), _INITIALS.sub("", " ".join(words))}


@cache
def _cjk_forms(keep_groups: bool) -> re.Pattern[str]:
    behind = _CHINESE + _KOREAN_OR_JAPANESE + (() if keep_groups else _CHINESE_GROUPS)
    return re.compile(rf"(?:{'|'.join(behind)})$|^(?:{'|'.join(_KOREAN_OR_JAPANESE)})")


@cache
def _behind_cjk() -> re.Pattern[str]:
    return re.compile(r"[\u3005-\ud7af]([a-z ]+)$")
