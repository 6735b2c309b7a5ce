"""Documents from outside become text with what they tell of themselves, and hostile ones end in one line."""

from __future__ import annotations

import importlib.util
import io
import random
import time
import zlib
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.reading import ExtractionLimits, SourceText, read_document, read_stream

CHINESE = (
    "贵安新区电池基地开工\n发布时间：2024年3月5日 来源：贵州日报\n\n"
    "基地规划年产能30吉瓦时，总投资约70亿元，占地约800亩。\n"
)
PAGE = (
    "<!DOCTYPE html><html lang='en'><head><title>New base begun</title><meta charset='utf-8'>"
    "<meta property='og:site_name' content='The Daily'>"
    "<meta property='article:published_time' content='2024-03-05'></head>"
    "<body><nav>Home News Sport</nav><article><h1>New base begun</h1>"
    "<p>Work on the battery base began on Monday. It is "
    "to have a capacity of 30 GWh a year and to cost about 7 billion yuan, the builder said in a statement to us.</p>"
    "<p>The ground measures 800 mu and the works is to be ready by the end of 2025, with some 3,000 people at work.</p>"
    "</article><footer>All rights reserved</footer></body></html>"
)
with_extra = pytest.mark.skipif(
    importlib.util.find_spec("trafilatura") is None or importlib.util.find_spec("pypdf") is None,
    reason="the extra `read` is not installed",
)


def outcome(data: bytes) -> str:
    """Give the text that is read of some bytes, or the line that says why there is none."""
    try:
        return read(data).text
    except InputError as error:
        return str(error).replace("\n", "\n\n\nseveral lines: ")


def read(data: bytes, limits: ExtractionLimits | None = None) -> SourceText:
    return read_stream(io.BytesIO(data), limits or ExtractionLimits(seconds=20))


def pdf(*pages: str) -> bytes:
    """Write a PDF with a line of text on each page."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    for words in pages:
        stream = f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET".encode("ascii")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
    kids = b" ".join(b"%d 0 R" % (5 + 2 * number) for number in range(len(pages)))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages))
    return _assembled(objects)


def _assembled(objects: list[bytes]) -> bytes:
    data = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
    return data + end % (len(objects) + 1, table, len(objects) + 1, len(data))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_text_is_the_same_in_any_encoding(encoding: str) -> None:
    found = read(CHINESE.encode(encoding))
    assert (found.text, found.title) == (CHINESE, "贵安新区电池基地开工")
    assert (found.published, found.source) == ("2024-03-05", "贵州日报")
    assert (found.form, found.language) == ("text", "zh")


def test_traditional_characters_come_in_big5() -> None:
    words = "寧德時代宣布在廈門投資興建電池基地，預計每年產能八十吉瓦時，計劃於明年六月完成主要工程。\n" * 3
    assert read(words.encode("big5")).text == words


def test_the_digest_is_that_of_the_text_in_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "base.txt"
    path.write_bytes(CHINESE.replace("\n", "\r\n").encode("gbk"))
    assert read_document(path).sha256 == SourceText("text", CHINESE).sha256


@with_extra
def test_of_a_page_only_its_main_text_is_read() -> None:
    found = read(PAGE.encode("utf-8"))
    assert (found.form, found.title, found.source, found.published, found.language) == (
        "html",
        "New base begun",
        "The Daily",
        "2024-03-05",
        "en",
    )
    assert "30 GWh a year" in found.text
    assert "Sport" not in found.text
    assert found.extractor == "trafilatura"


@with_extra
def test_a_page_says_its_encoding_itself() -> None:
    page = PAGE.replace("utf-8", "gbk").replace("Work on the battery base", "贵安新区的电池基地")
    assert "贵安新区的电池基地" in read(page.encode("gbk")).text


@with_extra
def test_the_pages_of_a_pdf_are_read_in_order() -> None:
    told: list[str] = []
    data = pdf(*(f"Page {number} tells of 30 GWh" for number in range(1, 25)))
    found = read_stream(io.BytesIO(data), progress=told.append)
    assert found.form == "pdf"
    assert found.notes == ("24 pages",)
    assert found.text.index("Page 2 ") < found.text.index("Page 24 ")
    assert told == ["page 10 of 24", "page 20 of 24"]


def deep(tag: str, depth: int) -> bytes:
    return b"<html><body>" + f"<{tag}>".encode() * depth + b"x" + f"</{tag}>".encode() * depth


def unpacking() -> bytes:
    """Write a PDF whose page unpacks to 200 MB."""
    packed = zlib.compress(b"BT (x) Tj ET\n" * 16_000_000, 9)
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>"
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return _assembled([b"<< /Type /Catalog /Pages 2 0 R >>", pages, page, stream])


HOSTILE = {
    "empty": b"",
    "blanks": b" \n\t " * 1000,
    "a zip": b"PK\x03\x04" + bytes(1000),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(1000),
    "zeros": bytes(100_000),
    "noise": random.Random(1).randbytes(100_000),  # noqa: S311 - chance, no secret
    "signs": b"\x01\x02\x03\x04" * 1000,
    "a page nested deep": deep("div", 200_000),
    "a page of nothing": b"<!DOCTYPE html><html><body></body></html>",
    "a pdf cut short": pdf("words of a page")[:200],
    "a pdf in name only": b"%PDF-1.7\n" + bytes(100),
    "a pdf of pages without end": pdf("x").replace(b"/Count 1", b"/Count 99999999"),
    "a pdf that contains itself": pdf("x").replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]"),
}


@with_extra
@pytest.mark.parametrize("kind", HOSTILE)
def test_what_cannot_be_read_ends_in_one_line(kind: str) -> None:
    line = outcome(HOSTILE[kind])
    assert line.startswith("-: ") or line.strip()
    assert "several lines" not in line


@with_extra
def test_a_pdf_that_unpacks_to_far_more_than_it_is_ends_at_the_limits() -> None:
    began = time.monotonic()
    with pytest.raises(InputError, match=r"^-: "):
        read(unpacking(), ExtractionLimits(seconds=10, memory=300 << 20))
    assert time.monotonic() - began < 20


def test_a_file_over_the_limit_is_not_read_on() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b"x" * size

    stream = Endless()
    with pytest.raises(InputError, match="over 1,000,000 bytes"):
        read_stream(stream, ExtractionLimits(size=1_000_000))  # type: ignore[arg-type]
    assert stream.given < 5_000_000


def test_what_takes_too_long_is_given_up() -> None:
    with pytest.raises(InputError, match=r"took over 0\.01 seconds"):
        read(b"words", ExtractionLimits(seconds=0.01))


def test_the_text_of_another_process_is_read_with_care() -> None:
    with pytest.raises(ValueError, match="no text"):
        SourceText.from_dict({"form": "text"})


@with_extra
def test_altered_pages_end_in_text_or_in_one_line() -> None:
    chance = random.Random(7)  # noqa: S311 - chance, no secret
    for _ in range(12):
        data = bytearray(chance.choice([PAGE.encode(), pdf("a capacity of 30 GWh", "and more"), CHINESE.encode("gbk")]))
        for _ in range(chance.randrange(1, 60)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        line = outcome(bytes(data))
        assert line.strip()
        assert "several lines" not in line
