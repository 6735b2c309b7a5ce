"""What can go wrong, by what the caller can do about it.

    KgError
    ├── UsageError      the request itself is wrong: say it differently
    │   ├── NotFound    nothing has that name: pick one of the suggestions
    │   │   ├── Withdrawn   what had that name was withdrawn: read why
    │   │   └── NotUnderstood   words ask no question for sure: choose a suggestion, or say it otherwise
    │   ├── NotListed   a name is none of a list that is known: pick one of it
    │   ├── ConflictingParameters  some parameters exclude each other: leave some out
    │   ├── MissingExtra  a part is needed that is installed on wish: install it
    │   └── NotAcceptable  no format that was asked for can be given: ask for another
    ├── InputError      a file or text from outside is unusable: mend the input
    │   └── Refused     a check found something: mend the findings
    ├── QueryError      a SPARQL text is wrong or failed: mend the query
    │   ├── QueryRefused  a text asks for what is never done: leave it out
    │   ├── QueryTooLong  a text is too long: shorten it
    │   └── QueryLimit  a query reached a limit: ask for less
    │       ├── QueryTimeout    a limit of time
    │       ├── QueryCrash      a limit of memory or depth, which ended its process
    │       └── ResultTooLarge  a limit of rows or bytes
    ├── OutputError     a file cannot be written: name another place, or make room
    └── ReleaseError    a release is missing, damaged or cannot be written: build again

Each kind carries its exit code and HTTP status as facts; no other table maps them.
Findings of a check are data, not errors (see `kg.cards.findings`).
"""

from __future__ import annotations

__all__ = [
    "ConflictingParameters",
    "InputError",
    "KgError",
    "MissingExtra",
    "NotAcceptable",
    "NotFound",
    "NotListed",
    "NotUnderstood",
    "OutputError",
    "QueryCrash",
    "QueryError",
    "QueryLimit",
    "QueryRefused",
    "QueryTimeout",
    "QueryTooLong",
    "Refused",
    "ReleaseError",
    "ResultTooLarge",
    "UsageError",
    "Withdrawn",
]


class KgError(Exception):
    """The root: everything this package raises on purpose."""

    exit_code: int = 1
    http_status: int = 500


class UsageError(KgError):
    """The request is wrong: an unknown option, a missing parameter, a value of the wrong kind."""

    exit_code = 2
    http_status = 400


class MissingExtra(UsageError):
    """A package is not installed that only some need; the message says by which extra it comes.

    >>> print(MissingExtra("pyarrow", "tables", "take the format csv"))
    pyarrow is not installed; pip install 'zerocarbon-kg[tables]', or take the format csv
    """

    # What this package is called where it is installed from; `kg` there is somebody else's.
    distribution = "zerocarbon-kg"

    def __init__(self, package: str | None, extra: str, otherwise: str = "") -> None:
        hint = f"pip install '{self.distribution}[{extra}]'"
        super().__init__(f"{package or 'a package'} is not installed; {hint}{f', or {otherwise}' * bool(otherwise)}")


class NotFound(UsageError):
    """Nothing has the name that was asked for; `suggestions` are the nearest names that exist.

    >>> str(NotFound("entity", "Shandong Tims", ("Shandong Times",)))
    "no entity is called 'Shandong Tims'; did you mean 'Shandong Times'?"
    """

    http_status = 404

    def __init__(self, kind: str, name: str, suggestions: tuple[str, ...] = ()) -> None:
        self.kind = kind
        self.name = name
        self.suggestions = suggestions
        super().__init__(kind, name, suggestions)

    def __str__(self) -> str:
        problem = f"no {self.kind} is called {self.name!r}"
        if not self.suggestions:
            return problem
        return f"{problem}; did you mean {' or '.join(repr(name) for name in self.suggestions)}?"


class NotUnderstood(NotFound):
    """Words from which no named question can be told for sure; `suggestions` are those that they may mean.

    >>> str(NotUnderstood("weather in Jining", "nothing here covers 'weather'", ("Which bases lie in a place?",)))
    "'weather in Jining' was not answered: nothing here covers 'weather'; perhaps: Which bases lie in a place?"
    """

    def __init__(self, text: str, reason: str, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__("question", text, suggestions)
        self.reason = reason
        self.args = (text, reason, suggestions)

    def __str__(self) -> str:
        perhaps = f"; perhaps: {' or '.join(self.suggestions)}" if self.suggestions else ""
        return f"{self.name!r} was not answered: {self.reason}{perhaps}"


class NotListed(UsageError):
    """A name is none of a list that the release or the ontology holds; the message tells which there are."""

    http_status = 404


class ConflictingParameters(UsageError):
    """Each of some parameters is right, but not together with the others."""

    http_status = 409


class Withdrawn(NotFound):
    """What had that id was withdrawn; the message says when and why. The id is never used again.

    >>> str(Withdrawn("claim/a/party", "2026-11-30", "the page does not name it"))
    'claim/a/party was withdrawn on 2026-11-30: the page does not name it'
    """

    http_status = 410

    def __init__(self, name: str, day: str, reason: str) -> None:
        super().__init__("id", name)
        self.day = day
        self.reason = reason
        self.args = (name, day, reason)

    def __str__(self) -> str:
        return f"{self.name} was withdrawn on {self.day}: {self.reason}"


class NotAcceptable(UsageError):
    """None of the formats that were asked for can be given."""

    http_status = 406


class InputError(KgError):
    """A file or a text from outside cannot be used as it is."""

    exit_code = 1
    http_status = 400


class Refused(InputError):
    """A build was refused because the check found something; `findings` are all of it, one sentence each."""

    http_status = 422

    def __init__(self, findings: tuple[str, ...]) -> None:
        self.findings = findings
        super().__init__(findings)

    def __str__(self) -> str:
        more = f" and {len(self.findings) - 1} more" if len(self.findings) > 1 else ""
        return f"nothing was built: {self.findings[0]}{more}; run kg check to see all"


class QueryError(KgError):
    """A SPARQL text is not well formed, is refused, or failed while it ran."""

    exit_code = 2
    http_status = 400


class QueryRefused(QueryError):
    """A SPARQL text asks for what is never done here, such as SERVICE, LOAD, or a change of a release."""

    http_status = 403


class QueryTooLong(QueryError):
    """A SPARQL text is longer than the limit."""

    http_status = 413


class QueryLimit(QueryError):
    """A query reached a limit (time, memory, rows, size) and was stopped."""

    exit_code = 1
    http_status = 503


class QueryTimeout(QueryLimit):
    """A query ran until its deadline."""

    http_status = 504


class QueryCrash(QueryLimit):
    """A query ended its process: it took too much memory, or went too deep."""

    http_status = 500


class ResultTooLarge(QueryLimit):
    """A query gives more rows or bytes than the limit; nothing of them is given, so that no part looks whole."""

    http_status = 413


class ReleaseError(KgError):
    """A release is missing, damaged, or cannot be written."""

    exit_code = 1
    http_status = 503


class OutputError(KgError):
    """A file or a folder cannot be written: it is there already, or the disk refuses."""

    exit_code = 1
    http_status = 500
