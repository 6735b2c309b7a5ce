"""Which agreements were signed in an area, and on whose word? `python examples/agreements.py [AREA]`"""

from __future__ import annotations

import sys

import kg


def main(area: str = "place/shandong") -> None:
    """Print each agreement once, with its public body and the documents that state it."""
    graph = kg.open()
    answer = graph.ask("agreements-in-area", area=area)
    seen = set()
    for record, claims in zip(answer.records(), answer.claims or (), strict=True):
        if record["agreement"] is None or record["agreement"] in seen:
            continue
        seen.add(record["agreement"])
        print(record["agreement_name"], "|", record["public_body_name"] or "public body not stated")
        documents = {graph.claim(claim).record.document for claim in claims}
        for document in sorted(documents, key=str)[:3]:
            print("    said by", document)


if __name__ == "__main__":
    main(*sys.argv[1:])
