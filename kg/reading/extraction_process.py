"""The process that `kg.reading.extractor` starts: reads the bytes on standard input, and writes their text as JSON.

Run as `python -m kg.reading.extraction_process MEMORY SECONDS TEXT`: bytes of memory, seconds of the processor, and
characters of text that it may take. Lines such as "page 10 of 300" go to standard error.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
from dataclasses import replace
from typing import Any

from kg.errors import InputError
from kg.reading.markup import is_markup, read_markup
from kg.reading.plain_text import decode_text, read_plain
from kg.reading.portable_document import is_pdf, read_pdf
from kg.reading.source_text import SourceText
from kg.sparql import sandbox

__all__ = ["main"]

_BINARY = {
    b"PK\x03\x04": "a ZIP file or an office document",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a packed file",
    b"BZh": "a packed file",
    b"\xfd7zXZ": "a packed file",
    b"7z\xbc\xaf": "a packed file",
    b"Rar!": "a packed file",
    b"\x7fELF": "a program",
}


def main() -> None:
    """Answer for standard input."""
    memory, seconds, longest = (int(word) for word in sys.argv[1:4])
    sandbox.die_with_parent()
    sandbox.limit_memory(memory)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (8 * longest, 8 * longest))
    sandbox.drop_network()
    # Nothing here lives long enough to be collected.
    gc.disable()
    json.dump(_answer(sys.stdin.buffer.read(), longest), sys.stdout)


def _answer(data: bytes, longest: int) -> dict[str, Any]:
    """Give the text, or why there is none: whatever a library stumbles over is a fault of the document."""
    try:
        found = extract(data)
    except InputError as error:
        return {"error": str(error)}
    except ModuleNotFoundError as error:
        return {"missing": error.name}
    except MemoryError:
        return {"error": "it takes too much memory to read; save it as plain text"}
    except RecursionError:
        return {"error": "it is nested too deep to be read; save it as plain text"}
    except Exception as error:  # noqa: BLE001 - the libraries raise anything over a damaged file
        return {"error": f"it is damaged ({type(error).__name__}); save it as plain text"}
    if not found.text.strip():
        return {"error": "no text is in it; a scan needs optical character recognition first"}
    if len(found.text) > longest:
        return {"error": f"its text has {len(found.text):,} characters; the limit is {longest:,}"}
    return found.to_dict()


def extract(data: bytes) -> SourceText:
    """Tell what some bytes are, and read their text."""
    if not data.strip():
        raise InputError("the file is empty")
    for begin, kind in _BINARY.items():
        if data.startswith(begin):
            raise InputError(f"it is {kind}; give plain text, HTML or PDF")
    if is_pdf(data):
        return read_pdf(data)
    text, encoding = decode_text(data)
    found = read_markup(text) if is_markup(text) else read_plain(text)
    return replace(found, notes=(*found.notes, f"read as {encoding}")) if encoding else found


if __name__ == "__main__":
    main()
