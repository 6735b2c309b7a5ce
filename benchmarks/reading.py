"""How many figures of development articles are read, beside a plain pattern and quantulum3 where it is installed.

    python benchmarks/reading.py FOLDER

The folder holds NAME.txt and NAME.gold.csv with the columns value and unit. A row is found where some figure has its
value in its unit, or in the unit without "a year" where the words do not say it. Half of the articles, by name, were
looked at while the reader was made; the others show what it does with texts that are new to it. Rows that no figure of
the text bears out count against it.
"""

from __future__ import annotations

import importlib
import re
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from kg.ontology.vocabulary import Vocabulary, load_vocabulary
from kg.reading.extractor import read_document
from kg.reading.source_text import SourceText
from kg.settings import Settings
from tests.support.gold_figures import Values, by_kg, is_found, wanted

LOOKED_AT = ("catl-02", "catl-08", "parks-02", "parks-08")
PLAIN = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(million|billion)?", re.IGNORECASE)
POWERS = {"": 1, "million": 10**6, "billion": 10**9}


def by_plain_pattern(source: SourceText, vocabulary: Vocabulary) -> Values:
    """Take each number, and the unit word right behind it."""
    found: Values = set()
    for number in PLAIN.finditer(source.text):
        value = Decimal(number[1].replace(",", "").rstrip(".")) * POWERS[(number[2] or "").lower()]
        unit = vocabulary.unit_words.at(source.text, number.end() + source.text.startswith(" ", number.end()))
        if unit:
            found.add((value, unit.keys[0]))
    return found


def by_quantulum(source: SourceText, vocabulary: Vocabulary) -> Values:
    """Take what quantulum3 gives, where its unit is one of ours."""
    parser = importlib.import_module("quantulum3.parser")
    found: Values = set()
    for one in parser.parse(source.text):
        for name in (one.unit.name, one.surface.split()[-1] if one.surface.split() else ""):
            unit = vocabulary.unit_words.at(name, 0)
            if unit and unit.end == len(name):
                found.add((Decimal(str(one.value)), unit.keys[0]))
    return found


def main() -> None:
    """Print the table."""
    folder = Path(sys.argv[1])
    vocabulary = load_vocabulary(Settings.read().ontology)
    readers: dict[str, Callable[[SourceText, Vocabulary], Values]] = {"kg": by_kg, "plain pattern": by_plain_pattern}
    try:
        importlib.import_module("quantulum3.parser")
        readers["quantulum3"] = by_quantulum
    except ImportError:
        print("quantulum3 is not installed")
    print("| article | figures | " + " | ".join(readers) + " | ms |")
    print("|---|---|" + "---|" * (len(readers) + 1))
    sums: dict[tuple[bool, str], int] = {}
    for path in sorted(folder.glob("*.gold.csv")):
        name = path.name.removesuffix(".gold.csv")
        source, rows, seen = read_document(folder / f"{name}.txt"), wanted(path), name in LOOKED_AT
        sums[seen, ""] = sums.get((seen, ""), 0) + len(rows)
        cells, took = [], 0.0
        for reader, function in readers.items():
            began = time.process_time()
            found = function(source, vocabulary)
            took = time.process_time() - began if reader == "kg" else took
            count = sum(is_found(*row, found) for row in rows)
            sums[seen, reader] = sums.get((seen, reader), 0) + count
            cells.append(str(count))
        print(f"| {name}{'' if seen else ' (new)'} | {len(rows)} | {' | '.join(cells)} | {1000 * took:.0f} |")
    for seen, words in ((True, "looked at"), (False, "new")):
        number = max(1, sums.get((seen, ""), 0))
        shares = " | ".join(f"{sums.get((seen, reader), 0) / number:.2f}" for reader in readers)
        print(f"| recall, {words} | {number} | {shares} | |")


if __name__ == "__main__":
    main()
