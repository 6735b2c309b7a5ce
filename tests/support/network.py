"""Texts that call out to the network, in every spelling we know of, and a listener that would hear them."""

from __future__ import annotations

import socket
import threading
import time


class Listener:
    """Counts the connections that are made to a port of this machine."""

    def __init__(self) -> None:
        self.hits = 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}/"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.hits += 1
            connection.close()

    def settled(self) -> int:
        """Give the connections so far; our own last one shows that all before it were counted."""
        before = self.hits
        with socket.create_connection(self.socket.getsockname()):
            pass
        for _ in range(1_000):
            if self.hits > before:
                break
            time.sleep(0.01)
        self.hits -= 1
        return self.hits


# U stands for the listener's address.
SERVICES = {
    "plain": "SELECT * { SERVICE <U> { ?s ?p ?o } }",
    "lower case": "SELECT * { service <U> { ?s ?p ?o } }",
    "mixed case": "SELECT * { sErViCe <U> { ?s ?p ?o } }",
    "silent": "SELECT * { SERVICE SILENT <U> { ?s ?p ?o } }",
    "glued silent": "SELECT * { SERVICESILENT<U>{ ?s ?p ?o } }",
    "glued address": "SELECT * {SERVICE<U>{?s ?p ?o}}",
    "own lines": "SELECT * {\r\n\tSERVICE\r\n\t<U>\r\n{ ?s ?p ?o } }",
    "comment between": "SELECT * { SERVICE # <http://example.org/> {\n<U> { ?s ?p ?o } }",
    "comment that ends at a return": "SELECT * { # here\rSERVICE <U> { ?s ?p ?o } }",
    "prefixed": "PREFIX x: <U> SELECT * { SERVICE x:sparql { ?s ?p ?o } }",
    "empty prefix": "PREFIX : <U> SELECT * { SERVICE : { ?s ?p ?o } }",
    "glued prefix": "PREFIX x: <U> SELECT * { SERVICEx:sparql { ?s ?p ?o } }",
    "glued silent prefix": "PREFIX x: <U> SELECT * { SERVICESILENTx:sparql { ?s ?p ?o } }",
    "prefix service": "PREFIX service: <U> SELECT * { SERVICE service:service { ?s ?p ?o } }",
    "base": "BASE <U> SELECT * { SERVICE <sparql> { ?s ?p ?o } }",
    "variable": "SELECT * { VALUES ?where { <U> } LATERAL { SERVICE ?where { ?s ?p ?o } } }",
    "glued variable": "SELECT * { VALUES ?service { <U> } LATERAL {SERVICE?service{ ?s ?p ?o } } }",
    "escaped address": "SELECT * { SERVICE <\\u0055> { ?s ?p ?o } }",
    "ask": "ASK { SERVICE <U> { ?s ?p ?o } }",
    "construct": "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <U> { ?s ?p ?o } }",
    "describe": "DESCRIBE ?s { SERVICE <U> { ?s ?p ?o } }",
    "sub-select": "SELECT * { { SELECT ?s { SERVICE <U> { ?s ?p ?o } } } }",
    "optional": "SELECT * { OPTIONAL { SERVICE <U> { ?s ?p ?o } } }",
    "union": "SELECT * { { ?s ?p ?o } UNION { SERVICE <U> { ?s ?p ?o } } }",
    "minus": "SELECT * { VALUES ?s { 1 } MINUS { SERVICE <U> { ?s ?p ?o } } }",
    "exists": "SELECT * { FILTER EXISTS { SERVICE <U> { ?s ?p ?o } } }",
    "count": "SELECT (COUNT(*) AS ?n) { SERVICE <U> { ?s ?p ?o } }",
    "order": "SELECT * { SERVICE <U> { ?s ?p ?o } } ORDER BY ?s",
    "after an integer": "SELECT * { OPTIONAL { ?s ?p 1 } VALUES ?x { 1 } . SERVICE <U> { ?s ?p ?o } }",
    "glued to an integer": "SELECT * { { SELECT * { OPTIONAL { <urn:a> <urn:b> ?y } } } LATERAL { BIND(1 AS ?z) } "
    "BIND(2 AS ?q)SERVICE<U>{ ?s ?p ?o } }",
    # Each of these hides the word from anybody who reads strings, IRIs and comments otherwise than the engine does.
    "less than, then a quote": "SELECT * { FILTER(1 <'x>') SERVICE <U> { ?s ?p ?o } FILTER('y' = 'y') }",
    "less than, then a comment": "SELECT * { FILTER(1<(3))SERVICE#>\n<U>{ ?s ?p ?o } }",
    "at most, then a comment": "SELECT * { FILTER(1<=3)SERVICE#>\n<U>{ ?s ?p ?o } }",
    "escape in an IRI": "SELECT * { OPTIONAL { <urn:x:\\u0041#> ?p ?o } SERVICE <U> { ?s ?p ?o } }",
    "no-break space in an IRI": "SELECT * { OPTIONAL { <urn:x:\u00a0#> ?p ?o } SERVICE <U> { ?s ?p ?o } }",
    "wide space in an IRI": "SELECT * { OPTIONAL { <urn:x:\u3000#> ?p ?o } SERVICE <U> { ?s ?p ?o } }",
    "quote in an IRI": "SELECT * { OPTIONAL { <urn:x:'> ?p ?o } SERVICE <U> { ?s ?p ?o } FILTER('y' = 'y') }",
    "escaped # in a name": "PREFIX x: <urn:x:> SELECT * { OPTIONAL { x:a\\# ?p ?o } SERVICE <U> { ?s ?p ?o } }",
    "escaped quote in a name": "SELECT * { OPTIONAL { kg:a\\' ?p ?o } SERVICE <U> { ?s ?p ?o } FILTER('y' = 'y') }",
    "# in a name": "SELECT * { OPTIONAL { kg:a#b\n ?p ?o } SERVICE <U> { ?s ?p ?o } }",
}


LOADS = {
    "plain": "LOAD <U>",
    "lower case": "load <U>",
    "mixed case": "LoAd<U>",
    "silent": "LOAD SILENT <U>",
    "into": "LOAD <U> INTO GRAPH <urn:g>",
    "comment": "# first\nLOAD # now\n<U>",
    "comment that ends at a return": "# first\rLOAD <U>",
    "prefixed": "PREFIX x: <U> LOAD x:data",
    "prefix load": "PREFIX load: <U> LOAD load:data",
    "second": "INSERT DATA {} ; LOAD <U>",
    "sub-select": "SELECT * { { SELECT * { LOAD <U> } } }",
    "group": "SELECT * { LOAD SILENT <U> }",
}
