"""The rows of the research beside the cards: which cells of a row are carried, and by what.

Only `test_research` imports it. The research lies outside the repository. An id of the research is found again by the
names of its row: they are names, aliases or judged spellings of the entity that carries it. A cell is carried when a
claim of one of the row's documents holds its figure, date or entity; names, codes and seats stand in the entity files.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from kg.cards.files import CardFile, Cards, read_cards
from kg.cards.yaml_reader import Text
from kg.figures.number_words import find_spelled_numbers

__all__ = ["COLUMNS", "FOLDERS", "Audit", "Row", "read_left_out", "read_rows"]

FOLDERS = ("catl", "parks", "more", "chain2", "parks2")
# Rows of these ids carry a name that no entity keeps: the articles name the thing otherwise.
RENAMED = {
    "orsted": "company/orsted",
    "stegra": "company/stegra",
    "solus": "company/solus",
    "lotte-energy": "company/lotte-energy",
    "base-jining": "base/yanzhou",
    "base-guian-ph2": "base/guian/phase-two",
    "park-dongying-zero": "park/dongying-zero-carbon",
    "huaxi": "place/huaxi-district",
    "zhang-jian-envision": "person/zhang-jian-envision",
    "agr-jining-zero-carbon-city": "agreement/jining-zero-carbon-city",
    "agr-shandong-transport-swap": "agreement/shandong-battery-swapping",
    "agr-zhangjiang-guian-2023": "agreement/zhangjiang-guian-strategic",
    "agr-jining-park-2025": "agreement/jining-supporting-park",
    "agr-canal-2025": "agreement/grand-canal-route",
    "yunsheng-46-projects": "event/guizhou-delta-conference",
    "tianneng-guizhou-2023": "event/guizhou-delta-conference",
    "synergy-wa": "company/synergy-wa",
    "rcs-global": "company/rcs-global",
    "gotion-inc": "company/gotion-inc",
    "commerce-ga": "place/commerce-ga",
    "warren-oh": "place/warren-oh",
    "marshall-county-ms": "place/marshall-county-ms",
    "tesla-lathrop-megafactory": "plant/tesla-lathrop-megafactory",
    "licycle-magdeburg": "plant/licycle-magdeburg",
    "gm-sdi-fort-wayne": "plant/gm-sdi-indiana",
    "btr-indonesia": "plant/btr-indonesia",
    "eve-coventry": "plant/eve-coventry",
    "zhang-qiang-datong": "person/zhang-qiang-datong",
    "kalundborg-symbiosis-association": "association/symbiosis-kalundborg",
}
# The research has one day for an agreement; a card says what happened on it.
AGREEMENT_DAYS = (
    "signedOn", "agreedOn", "eventDate", "announcedOn", "reportedOn", "decidedOn", "launchedOn", "completedOn",
)  # fmt: skip
# So it has for the beginning of production.
BEGINNINGS = (
    "productionStartedOn", "trialProductionStartedOn", "openedOn", "expectedLaunch", "expectedCompletion", "foundedOn",
    "status", "indicator",
)  # fmt: skip
# Where the entities of a table stand, by the head of their ids.
HEADS = {
    "organisations": {"company", "government", "association", "institute", "organisation", "committee", "media"},
    "people": {"person"},
    "places": {"place", "park", "organisation"},
    "facilities": {
        "base", "plant", "mine", "park", "station", "centre", "cluster", "project", "vessel", "place",
    },
    "agreements": {"agreement", "event", "collaboration"},
    "policies": {"policy", "list", "standard"},
}  # fmt: skip
STATUS = {
    "operating": {"Operating"}, "planned": {"Announced"}, "announced": {"Announced"},
    "under_construction": {"Construction"}, "cancelled": {"Cancelled"}, "suspended": {"Shelved", "Halted"},
}  # fmt: skip
QUANTITIES = (
    "capacity_value", "area_value", "floor_area_value", "investment_value", "jobs", "annual_output_value",
)  # fmt: skip
# The columns that the audit looks at; the others say how to read these, or stand in the name of the entity.
COLUMNS = {
    "organisations": ("id", "name_zh", "parent_id", "ownership_share", "founded", "identifier_notes", "admin_area"),
    "people": ("id", "name_zh", "role"),
    "places": ("id", "name_zh", "iso_or_gb_code", "lat", "parent_id"),
    "facilities": (
        "id", "name_zh", "operator_org_id", "place_id", "within_park_id", "status", "standard",
    ),
    "phases": (*QUANTITIES, "start_date", "production_date"),
    "agreements": ("id", "signed_date", "topic_tags", "summary_own_words"),
    "agreement_parties": ("org_id",),
    "supply": ("product", "stage", "volume", "period"),
    "policies": ("id", "issuer_org_id", "date", "place_id", "summary_own_words"),
    "processes": ("process_stage", "input_product", "output_product"),
    "facts_other": ("object_id_or_value",),
    "sources": ("source_id", "date", "language", "source_grade"),
}  # fmt: skip
_FIGURE = re.compile(r"(?<![A-Za-z\d])\d[\d,]*(?:\.\d+)?")
# Years, and numbers that count in a row: they are told by dates, phases and names.
_ORDINAL = re.compile(r"\b(?:19|20)\d\d(?:-\d\d)*\b|\b\d+(?:st|nd|rd|th)\b|\bphase \d\b")
_TERM = re.compile(r"(?P<number>[a-z]+(?: and a half)?|[\d.]+) years\b")
# Figures of the research may be in thousands, millions, billions or percent of those of the cards.
_SCALES = tuple(Decimal(10) ** power for power in (0, 3, 4, 6, 8, 9, 12, -2, -3))
# Words that say nothing by themselves.
_EMPTY = {"with", "from", "that", "than", "each", "year", "about", "over", "more", "them", "stated", "named", "page"}


@dataclass(frozen=True)
class Row:
    """One row of a table of the research, numbered from 1 after the head."""

    folder: str
    file: str
    number: int
    cells: dict[str, str]

    def ids(self, column: str) -> list[str]:
        """Give the ids or words of a cell, which semicolons part."""
        return [part.strip() for part in self.cells.get(column, "").split(";") if part.strip()]


def read_rows(research: Path, folder: str, file: str) -> list[Row]:
    """Read a table of the research; one that a folder lacks has no rows."""
    path = research / folder / f"{file}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        return [Row(folder, file, number, cells) for number, cells in enumerate(csv.DictReader(lines), start=1)]


def read_left_out(path: Path) -> list[tuple[str, str, int, str, str]]:
    """Read the list of what was left out: folder, file, row, cell (empty for the whole row), reason."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            (line["folder"], line["file"], int(line["row"]), line["cell"], line["reason"])
            for line in csv.DictReader(lines)
        ]


def figures(text: str) -> set[Decimal]:
    """Give the figures in a text, without the commas that part thousands."""
    return {Decimal(found.replace(",", "")).normalize() for found in _FIGURE.findall(text)}


def leaves(tree: Any) -> Iterator[str]:
    """Walk the scalars of a tree."""
    if isinstance(tree, dict):
        for value in tree.values():
            yield from leaves(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from leaves(value)
    elif tree is not None:
        yield str(tree)


@dataclass(frozen=True)
class Claim:
    """What a claim says: its subject, its properties, and every word in it."""

    subject: str
    says: dict[str, Any]
    words: frozenset[str]

    @cached_property
    def figures(self) -> frozenset[Decimal]:
        """Give the figures in what the claim says and notes."""
        return frozenset(figures(" ".join(self.words)))

    def names(self, entities: set[str], *properties: str) -> bool:
        """Tell whether the claim names one of the entities, by one of the properties if any are given."""
        return bool(self.words & entities) and (not properties or any(key in self.says for key in properties))


def _plain(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {str(key): _plain(value) for key, value in tree.items()}
    return [_plain(value) for value in tree] if isinstance(tree, list) else str(tree)


def _listed(files: Iterable[CardFile], key: str) -> Iterator[dict[str, Any]]:
    for card in files:
        yield from _plain(card.tree).get(key, [])


@dataclass(frozen=True)
class Audit:
    """The cards, and the rows of the research, ready to be held against each other."""

    research: Path
    cards: Cards

    @classmethod
    def of(cls, research: Path, data: Path) -> Audit:
        """Read the cards of a data folder."""
        return cls(research, read_cards(data))

    @cached_property
    def entities(self) -> dict[str, dict[str, Any]]:
        """Give every entity by its id."""
        return {entity["id"]: entity for entity in _listed(self.cards.entities, "entities")}

    @cached_property
    def named(self) -> dict[str, set[str]]:
        """Give the ids that bear a name, an alias or a judged spelling."""
        found: dict[str, set[str]] = defaultdict(set)
        for name, entity in self.entities.items():
            for spelling in (*leaves(entity.get("name")), *leaves(entity.get("alias"))):
                found[spelling].add(name)
        for judgement in _listed(self.cards.judgements, "judgements"):
            if "spelling" in judgement:
                found[judgement["spelling"]].add(judgement["leftEntity"])
        return found

    @cached_property
    def claims(self) -> dict[str, list[Claim]]:
        """Give the claims of every document."""
        trees = [_plain(card.tree) for card in self.cards.documents]
        return {tree["id"]: [_claim(claim) for claim in tree["claims"]] for tree in trees}

    @cached_property
    def documents(self) -> dict[str, dict[str, Any]]:
        """Give the document that carries a source, by the source's id in any folder."""
        trees = {str(card.tree[Text("id")]): _head(card) for card in self.cards.documents}
        by_url = {url: tree for tree in trees.values() for url in leaves(tree.get("url"))}
        found: dict[str, dict[str, Any]] = {}
        for folder in FOLDERS:
            for row in read_rows(self.research, folder, "sources"):
                tree = by_url.get(row.cells["url"]) or trees.get("document/" + row.cells["source_id"])
                if tree is not None:
                    found.setdefault(row.cells["source_id"], tree)
        return found

    @cached_property
    def ids(self) -> dict[str, set[str]]:
        """Give the entities that carry an id of the research; a merged id leads to those of the one that stayed."""
        found: dict[str, set[str]] = defaultdict(set)
        for folder in FOLDERS:
            for table, heads in HEADS.items():
                for row in read_rows(self.research, folder, table):
                    found[row.cells["id"]] |= self._carriers(row, heads)
        for folder in FOLDERS:
            for row in read_rows(self.research, folder, "merged_ids"):
                found[row.cells["old_id"]] |= found[row.cells["new_id"]]
        return found

    def _carriers(self, row: Row, heads: set[str]) -> set[str]:
        if row.cells["id"] in RENAMED:
            return {RENAMED[row.cells["id"]]}
        for column in ("name_en", "title_en", "name_zh"):
            found = {name for name in self.named.get(row.cells.get(column, ""), ()) if name.partition("/")[0] in heads}
            if found:
                return found
        return set()

    def sources(self, row: Row) -> list[Claim]:
        """Give the claims of the row's documents."""
        trees = (self.documents.get(source) for source in row.ids("source_ids"))
        return [claim for tree in trees if tree is not None for claim in self.claims[tree["id"]]]

    def about(self, row: Row, column: str) -> list[Claim]:
        """Give the claims of the row's documents on the entity that a cell names, or on a part of it."""
        names = self.ids[row.cells[column]]
        return [claim for claim in self.sources(row) if _is_of(claim.subject, names)]

    def everything(self) -> Iterator[Claim]:
        """Give the claims of all documents."""
        return (claim for claims in self.claims.values() for claim in claims)

    @cached_property
    def by_subject(self) -> dict[str, list[Claim]]:
        """Give the claims of all documents by what they are about."""
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.everything():
            found[claim.subject].append(claim)
        return found

    def all_about(self, *names: str) -> list[Claim]:
        """Give what any document says about the entities."""
        return [claim for name in names for claim in self.by_subject[name]]

    def missing(self, row: Row) -> list[str]:
        """Give the columns of a row whose cell is not empty and not carried."""
        check = _CHECKS[row.file]
        return [column for column in COLUMNS[row.file] if row.cells.get(column) and not check(self, row, column)]


def _head(card: CardFile) -> dict[str, Any]:
    return {str(key): _plain(value) for key, value in card.tree.items() if key != "claims"}


def _claim(tree: dict[str, Any]) -> Claim:
    says = {key: value for key, value in tree["says"].items() if key != "id"}
    return Claim(tree["says"]["id"], says, frozenset((*leaves(tree["says"]), *leaves(tree.get("note")))))


def _is_of(subject: str, names: set[str]) -> bool:
    return any(subject == name or subject.startswith(name + "/") for name in names)


def _has_all(wanted: set[Decimal], claims: Iterable[Claim]) -> bool:
    """Tell whether every figure stands in one of the claims, in whatever multiple of its unit."""
    known = {figure for claim in claims for figure in claim.figures}
    return all(any((figure * scale).normalize() in known for scale in _SCALES) for figure in wanted)


def _has_words(text: str, claims: Iterable[Claim]) -> bool:
    """Tell whether most words of a text stand in the claims, by their beginnings."""
    known = " ".join(word for claim in claims for word in (*claim.words, *claim.says)).casefold()
    wanted = [word for word in re.findall(r"[a-z]{4,}|[一-鿿]{2,}", text.casefold()) if word not in _EMPTY]
    return sum(word[:5] in known for word in wanted) * 2 >= len(wanted)


def _has_date(text: str, claims: Iterable[Claim], *properties: str) -> bool:
    """Tell whether the first date in a text begins one that a claim gives by one of the properties."""
    found = re.search(r"\d{4}(?:-\d\d)*", text)
    values = [claim.says[key] for claim in claims for key in properties if key in claim.says]
    return found is not None and any(found[0] in date for date in leaves(values))


def _kept(audit: Audit, row: Row, column: str) -> bool:
    """Check what the entity files hold: the id itself, Chinese name, codes, position and seat."""
    names = {name for name in audit.ids[row.cells["id"]] if name in audit.entities}
    entities = [audit.entities[name] for name in names]
    if column == "name_zh":
        return bool(names & audit.named[row.cells[column]])
    if column == "iso_or_gb_code":
        codes = {code.strip().removeprefix("GB ") for code in row.cells[column].split("/")}
        return codes <= set(leaves(entities))
    if column == "lat":
        return any("latitude" in entity for entity in entities)
    if column in ("admin_area", "parent_id"):
        seated = any({"locatedIn", "governs", "partOf"} & set(entity) for entity in entities)
        return seated or any({"locatedIn", "parentBody"} & set(claim.says) for claim in audit.all_about(*names))
    return bool(names)


def _organisation(audit: Audit, row: Row, column: str) -> bool:
    names = audit.ids[row.cells["id"]]
    claims = audit.all_about(*names)
    if column == "parent_id":
        parents = {name for part in row.ids(column) for name in audit.ids[part]}
        frame = {word for name in names for word in leaves(audit.entities.get(name))}
        owned = any(claim.names(parents, "unitOf", "parentBody", "shareholding") for claim in claims)
        return owned or bool(frame & parents)
    if column == "ownership_share":
        shares = [claim for claim in claims if {"shareholding", "unitOf", "indicator"} & set(claim.says)]
        return bool(shares) and _has_all(figures(_ORDINAL.sub("", row.cells[column])), shares)
    if column == "founded":
        return _has_date(row.cells[column], claims, "foundedOn")
    if column == "identifier_notes":
        return _remark(audit, row)
    return _kept(audit, row, column)


def _remark(audit: Audit, row: Row) -> bool:
    """Check a remark on an organisation: its figures in a claim that names it, or else most of its words."""
    names = audit.ids[row.cells["id"]]
    claims = [claim for claim in audit.sources(row) if claim.words & names]
    held = [Claim(name, {}, frozenset(leaves(audit.entities[name]))) for name in names]
    wanted = figures(row.cells["identifier_notes"])
    words = _has_words(row.cells["identifier_notes"], [*claims, *held])
    return _has_all(wanted, [*claims, *held]) if wanted else words


def _person(audit: Audit, row: Row, column: str) -> bool:
    if column != "role":
        return _kept(audit, row, column)
    names = audit.ids[row.cells["id"]]
    roles = ("heldBy", "foundedBy", "shareholding", "informant", "participant")
    return any(claim.names(names, *roles) for claim in audit.sources(row))


def _facility(audit: Audit, row: Row, column: str) -> bool:
    names = audit.ids[row.cells["id"]]
    claims = audit.about(row, "id")
    named = {name for part in row.ids(column) for name in audit.ids[part]}
    if column == "operator_org_id":
        return any(claim.names(named, "operator", "plannedOperator", "baseOf", "pursuedBy") for claim in claims)
    if column in ("place_id", "within_park_id"):
        frame = {word for name in names for word in leaves(audit.entities[name])}
        return any(claim.names(named, "locatedIn") for claim in claims) or bool(frame & named) or bool(names & named)
    if column == "status":
        wanted = STATUS[row.cells[column]] | {"chainMode"}
        records = [claim for claim in claims if wanted & (claim.words | set(claim.says))]
        return bool(records) and _dated(row.cells["status_date"], records)
    if column == "standard":
        standards = {"certificate", "builtTo", "designedTo", "saidToMeet", "designation", "memberOf"}
        told = sum(1 for claim in claims if standards & set(claim.says))
        return told >= len(re.split("[;+]", row.cells[column]))
    return _kept(audit, row, column)


def _dated(date: str, records: list[Claim]) -> bool:
    return not date or _has_date(date, records, "status") or any("chainMode" in claim.says for claim in records)


def _phase(audit: Audit, row: Row, column: str) -> bool:
    claims = [*audit.about(row, "facility_id"), *audit.sources(row)]
    if column == "start_date":
        return _has_date(row.cells[column], claims, "startedOn", "expectedStart", "foundedOn", "period")
    if column == "production_date":
        return _has_date(row.cells[column], claims, *BEGINNINGS)
    return _has_all(figures(row.cells[column]), claims)


def _agreement(audit: Audit, row: Row, column: str) -> bool:
    claims = audit.about(row, "id")
    if column == "signed_date":
        return _has_date(row.cells[column], claims, *AGREEMENT_DAYS)
    if column == "topic_tags":
        told = {word for claim in claims if {"topic", "concerns"} & set(claim.says) for word in claim.words}
        return len(told - audit.ids[row.cells["id"]]) >= len(set(row.ids(column)))
    if column == "summary_own_words":
        return _summary(audit, row)
    return _kept(audit, row, column)


def _summary(audit: Audit, row: Row) -> bool:
    """Check a summary: it is kept as the note of the entity, and its figures are claimed by the row's documents."""
    noted = any("note" in audit.entities[name] for name in audit.ids[row.cells["id"]])
    return noted and _has_all(figures(_ORDINAL.sub("", row.cells["summary_own_words"])), audit.sources(row))


def _party(audit: Audit, row: Row, column: str) -> bool:
    parties = audit.ids[row.cells[column]]
    return any(claim.names(parties, "party") for claim in audit.all_about(*audit.ids[row.cells["agreement_id"]]))


def _delivery(audit: Audit, row: Row, column: str) -> bool:
    ends = audit.ids[row.cells["supplier_org_id"]], audit.ids[row.cells["customer_org_id"]]
    claims = audit.sources(row)
    ours, theirs = (
        {claim.subject for claim in claims if claim.names(end, key)}
        for end, key in zip(ends, ("supplier", "customer"), strict=True)
    )
    told = [claim for claim in claims if claim.subject in ours & theirs]
    if column in ("product", "stage"):
        return any(column in claim.says for claim in told)
    if column == "volume":
        return bool(told) and _has_all(figures(row.cells[column]), told)
    periods = [claim for claim in told if {"period", "indicator"} & set(claim.says)]
    text = row.cells[column]
    years = _years(text)
    as_term = bool(years) and _has_all(years, periods)
    return as_term or _has_date(text, told, "period", "indicator") or _has_words(text, periods)


def _years(text: str) -> set[Decimal]:
    """Give the years of a term of delivery that a cell tells, in digits or words: "roughly two years"."""
    term = _TERM.search(text)
    spelled = {number.value for number in find_spelled_numbers(term["number"], "en")} if term else set()
    return spelled or (figures(term["number"]) if term else set())


def _policy(audit: Audit, row: Row, column: str) -> bool:
    claims = audit.about(row, "id")
    named = {name for part in row.ids(column) for name in audit.ids[part]}
    if column in ("issuer_org_id", "place_id"):
        return any(claim.names(named, "issuedBy", "appliesTo") for claim in claims)
    if column == "date":
        return _has_date(row.cells[column], claims, "issuedOn")
    return _summary(audit, row) if column == "summary_own_words" else _kept(audit, row, column)


def _process(audit: Audit, row: Row, column: str) -> bool:
    key = {"process_stage": "processStage", "input_product": "processInput", "output_product": "processOutput"}[column]
    told = {str(claim.says[key]) for claim in audit.sources(row) if key in claim.says}
    return len(told) >= len(set(row.ids(column)))


def _fact(audit: Audit, row: Row, column: str) -> bool:
    """Check a fact: what it names, or its figures, or most of its words, in the claims of its documents."""
    subjects = audit.ids[row.cells["subject_id"]]
    claims = audit.sources(row)
    value = row.cells[column]
    named = [audit.ids[part] for part in row.ids(column) if audit.ids[part]]
    if named and len(named) == len(row.ids(column)):
        return all(any(claim.names(names) for claim in claims) for names in named)
    about = [claim for claim in claims if claim.words & subjects or _is_of(claim.subject, subjects)]
    wanted = figures(_ORDINAL.sub("", value)) or figures(value)
    if wanted:
        return _has_all(wanted, about) or _has_all(wanted, claims)
    whole = f"{row.cells['predicate_plain_english']} {value}"
    return any(_has_words(text, told) for text in (value, whole) for told in (about, claims))


def _source(audit: Audit, row: Row, column: str) -> bool:
    tree = audit.documents.get(row.cells["source_id"])
    if tree is None or column == "source_id":
        return tree is not None
    told = {"date": "published", "language": "language", "source_grade": "sourceGrade"}[column]
    return row.cells[column].replace("_", "") in tree.get(told, "").casefold()


_CHECKS: dict[str, Callable[[Audit, Row, str], bool]] = {
    "organisations": _organisation,
    "people": _person,
    "places": _kept,
    "facilities": _facility,
    "phases": _phase,
    "agreements": _agreement,
    "agreement_parties": _party,
    "supply": _delivery,
    "policies": _policy,
    "processes": _process,
    "facts_other": _fact,
    "sources": _source,
}
