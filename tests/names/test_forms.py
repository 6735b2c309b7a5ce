"""Other forms of names: brackets, codes of exchanges, short names of places."""

from __future__ import annotations

import pytest

from kg.names.forms import code_forms, name_parts, short_place_names


@pytest.mark.parametrize(
    ("name", "outside", "inside"),
    [
        ("Amperex Technology Limited (ATL)", ["Amperex Technology Limited"], ["ATL"]),
        ("长安新能源(深蓝汽车)", ["长安新能源"], ["深蓝汽车"]),
        ("Canmax Technologies (formerly Tianhua)", ["Canmax Technologies"], ["Tianhua"]),
        ("Groupe PSA (now Stellantis)", ["Groupe PSA"], []),
        ("Orange Energy (DiDi subsidiary)", ["Orange Energy"], []),
        ("Daimler (trucks)", ["Daimler"], []),
        ("Indonesia Battery Corporation (PT Industri Baterai Indonesia, IBI)", ["Indonesia Battery Corporation"], []),
        ("Huayou Holding Group / Huayou Cobalt", ["Huayou Holding Group", "Huayou Cobalt"], []),
        ("Zhangjiang (Gui'an) Hi-tech Park", [], []),
        ("NdFeB/SmCo magnets", [], []),
    ],
)
def test_what_stands_in_brackets_is_a_name_or_a_note(name: str, outside: list[str], inside: list[str]) -> None:
    assert tuple(map(list, name_parts(name))) == (outside, inside)


@pytest.mark.parametrize(
    ("notation", "form"),
    [
        ("SZSE 300750", "300750.SZ"),
        ("SZSE 300750", "SZ300750"),
        ("SZSE 300750", "SZSE:300750"),
        ("SZSE 300750", "300750"),
        ("SSE 600104", "600104.SS"),
        ("SSE 600104", "SH600104"),
        ("HKEX 3750", "03750.HK"),
        ("HKEX 0175", "175.HK"),
        ("KRX 373220", "373220.KS"),
    ],
)
def test_a_code_is_typed_in_many_forms(notation: str, form: str) -> None:
    assert form in set(code_forms(notation))


@pytest.mark.parametrize("notation", ["NYSE", "GB/T 36276", "", "330483", "ISO 14064"])
def test_what_is_no_code_of_an_exchange_has_no_other_form(notation: str) -> None:
    assert list(code_forms(notation)) == []


def test_a_code_of_letters_or_from_abroad_does_not_stand_alone() -> None:
    assert "F" not in set(code_forms("NYSE F"))
    assert "373220" in set(code_forms("KRX 373220"))
    assert "3750" not in set(code_forms("HKEX 3750"))


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("贵州省", "贵州"),
        ("济宁市", "济宁"),
        ("黔南布依族苗族自治州", "黔南"),
        ("广西壮族自治区", "广西"),
        ("贵安新区", "贵安"),
        ("德国", None),
        ("市", None),
    ],
)
def test_a_place_is_called_by_less_than_its_whole_name(name: str, short: str | None) -> None:
    assert list(short_place_names(name)) == ([short] if short else [])
