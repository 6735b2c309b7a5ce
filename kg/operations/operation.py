"""What an operation is: its name and words, its parameters with defaults and ranges, how much it gives at once.

Nothing here is heavy, so that the help of a command can read it (named tuples are made in a seventh of the time that
data classes take); what an operation does is in `kg.operations.run`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from kg.errors import UsageError

__all__ = [
    "LIMIT",
    "OFFSET",
    "SURFACES",
    "BilingualText",
    "Operation",
    "OperationParameter",
    "nearest",
    "reject_unknown",
]

Kind = Literal["text", "texts", "entity", "concept", "day", "integer", "flag", "choice", "choices", "texts by name"]
Gives = Literal[
    "table", "entity", "claim", "explanations", "questions", "understanding", "sections", "entries", "picture", "file"
]  # fmt: skip

SURFACES = ("http", "tools", "commands")
"""Where an operation can be asked: addresses under /api/v1, tools for agents, commands."""

_LONGEST = 500
_NO_VALUES: Mapping[str, Any] = MappingProxyType({})
# What people call a parameter that is called otherwise here.
_OTHER_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "entity": ("subject", "about", "id", "thing", "company", "organisation", "of", "node", "item", "name"),
        "of": ("entity", "subject", "about", "id", "company"),
        "subject": ("entity", "about", "id", "thing"),
        "property": ("predicate", "relation", "attribute"),
        "value": ("object", "target"),
        "network": ("kind", "net", "graph"),
        "view": ("picture", "type", "kind"),
        "text": ("name", "query", "q", "search"),
        "kind": ("type", "class", "category"),
        "place": ("region", "location", "country", "province"),
        "region": ("place", "location", "country", "province"),
        "as_of": ("date", "day", "until"),
        "limit": ("size", "count", "number", "per_page", "top"),
        "offset": ("page", "start", "skip", "from"),
        "one": ("from", "source", "start", "a"),
        "other": ("to", "target", "end", "b"),
        "start": ("from", "source"),
        "end": ("to", "target"),
        "language": ("lang", "locale"),
        "park": ("entity", "base", "site"),
        "toward": ("stage", "target", "to"),
    }
)


class BilingualText(NamedTuple):
    """A text in both languages."""

    en: str
    zh: str


class OperationParameter(NamedTuple):
    """A parameter of an operation, as every surface has it.

    least, most  the range of a number, or of the length of a text
    argument     its name in Python, where that is another
    aliases      names it has had on one surface, which are still taken there and everywhere; each with the values
                 it had, where those were others
    kinds        the classes of which a name is taken, where the parameter is an entity or a concept
    labels       what else a choice is called where it is shown
    is_noted     whether an answer says that the default was taken
    """

    name: str
    kind: Kind
    about: BilingualText
    default: Any = None
    required: bool = False
    choices: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    example: str = ""
    argument: str = ""
    aliases: Mapping[str, Mapping[str, Any]] = _NO_VALUES
    is_noted: bool = False
    kinds: tuple[str, ...] = ()
    labels: Mapping[str, tuple[str, ...]] = _NO_VALUES

    @property
    def python_name(self) -> str:
        """The name of the argument in Python."""
        return self.argument or self.name

    @property
    def names(self) -> tuple[str, ...]:
        """Its name, and those it has had."""
        return (self.name, *self.aliases)

    @property
    def longest(self) -> int:
        """How many characters a text may have."""
        return self.most if self.most is not None and self.kind != "integer" else _LONGEST

    def read_choice(self, text: Any) -> Any:
        """Give the choice that a text names, by itself or by a label of it; what names none is left as it is.

        >>> OperationParameter("by", "choice", BilingualText("", ""), choices=("stage",)).read_choice(" Stage ")
        'stage'
        """
        if not isinstance(text, str) or text in self.choices:
            return text
        name = text.strip().removeprefix("kg:").casefold()
        named = (one for one in self.choices if name in (one, *self.labels.get(one, ())))
        return next(named, text)

    def read(self, value: Any) -> Any:
        """Give a value with its choices named as they are here."""
        if not self.choices:
            return value
        return list(map(self.read_choice, value)) if isinstance(value, list | tuple) else self.read_choice(value)

    def check(self, value: Any) -> None:
        """Raise UsageError for a value that is not in the range."""
        if self.kind == "integer":
            if not isinstance(value, int) or isinstance(value, bool):
                raise UsageError(f"{self.name}: {value!r} is no whole number")
            if (self.least is not None and value < self.least) or (self.most is not None and value > self.most):
                raise UsageError(f"{self.name}: {value} is not between {self.least} and {self.most or 'any number'}")
        values = value if isinstance(value, list | tuple) else (value,)
        for one in values if self.choices else ():
            if one not in self.choices:
                close = nearest(str(one), self.choices)
                hint = f"; did you mean {close!r}" if close else ""
                raise UsageError(f"{self.name}: {one!r} is not one of {', '.join(self.choices)}{hint}")


LIMIT = OperationParameter(
    "limit",
    "integer",
    BilingualText("The most entries to give", "最多给出多少条"),
    least=1,
    most=1000,
)
OFFSET = OperationParameter(
    "offset",
    "integer",
    BilingualText("Entries to skip, to read on", "跳过多少条, 以便继续读"),
    default=0,
    least=0,
)


class Operation(NamedTuple):
    """Something that can be asked of a graph.

    summary   one line, as the lists of commands and addresses have it
    about     what it gives and how to read it; the same on every surface
    advice    what an agent should mind beside that
    method    the method of `kg.Graph` that answers, where its name is another
    leading   the parameters that a command takes by their place
    window    how many entries an agent gets unless it asks for more; None where the answer is one thing
    limit     how many entries the others get unless they ask for more; None for all
    not_on    the surfaces that do not have it, each with the reason
    group     the tag of its address
    examples  commands that show its use, a line each
    """

    name: str
    summary: BilingualText
    about: str
    parameters: tuple[OperationParameter, ...] = ()
    gives: Gives = "table"
    advice: str = ""
    method: str = ""
    leading: tuple[str, ...] = ()
    window: int | None = 50
    limit: int | None = None
    not_on: Mapping[str, str] = _NO_VALUES
    group: str = "lookups"
    examples: tuple[str, ...] = ()

    @property
    def all_parameters(self) -> tuple[OperationParameter, ...]:
        """Its own parameters, and those by which a list is read in parts."""
        if self.window is None:
            return self.parameters
        limit = OperationParameter(
            LIMIT.name, LIMIT.kind, LIMIT.about, default=self.limit, least=LIMIT.least, most=LIMIT.most
        )
        return (*self.parameters, limit, OFFSET)

    def parameter(self, name: str) -> OperationParameter:
        """Give a parameter by its name."""
        return next(one for one in self.all_parameters if one.name == name)

    def name_parameters(self, given: Mapping[str, Any], also: Iterable[str] = ()) -> dict[str, Any]:
        """Put what was given under the names of today; raises UsageError for a name that is none, with the nearest.

        `also` are names that the surface itself takes, such as format.
        """
        known = {one.name for one in self.all_parameters}
        aliases = {alias: (one, values) for one in self.all_parameters for alias, values in one.aliases.items()}
        named: dict[str, Any] = {}
        for name, value in given.items():
            own, values = name, _NO_VALUES
            if name not in known and name in aliases:
                parameter, values = aliases[name]
                own = parameter.name
                if values and value not in values:
                    raise UsageError(f"{name}: {value!r} is not {' or '.join(map(repr, values))}")
            elif name not in known and name not in also:
                reject_unknown(name, sorted(known | set(also)), f"{self.name} has no parameter")
            if own in named:
                raise UsageError(f"{own} is given twice; give it once")
            named[own] = values.get(value, value) if values else value
        return named

    def complete(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Check what was given under names of today, and add the defaults."""
        complete: dict[str, Any] = {}
        for one in self.all_parameters:
            value = given.get(one.name)
            if value is None or (value == "" and not one.required):
                if one.required:
                    raise UsageError(f"{self.name} needs {one.name}: {one.about.en[0].lower()}{one.about.en[1:]}")
                complete[one.name] = one.default
                continue
            value = one.read(value)
            one.check(value)
            complete[one.name] = value
        return complete


_LONGEST_NAME = 100
"""Of a name that is none of those known, as much is told, and a longer one is like none."""


def nearest(name: str, known: Iterable[str]) -> str:
    """Give the known name that was perhaps meant: alike in spelling, or another word for the same.

    >>> nearest("netwrk", ["entity", "network"]), nearest("subject", ["entity", "network"]), nearest("xyz", ["limit"])
    ('network', 'entity', '')
    """
    import difflib

    names = list(known)
    if len(name) > _LONGEST_NAME:
        # To compare takes the longer the longer it is, and no slip makes a name so long.
        return ""
    folded = name.casefold().replace("-", "_")
    alike = difflib.get_close_matches(folded, names, 1, 0.7)
    if alike:
        return alike[0]
    others = [one for one in names if folded in _OTHER_WORDS.get(one, ())]
    return next(iter([*others, *difflib.get_close_matches(folded, names, 1, 0.5)]), "")


def reject_unknown(name: str, known: Iterable[str], what: str) -> None:
    """Raise UsageError for a name that is none of those known, with the nearest and with all of them."""
    names = list(known)
    close = nearest(name, names)
    meant = f"; did you mean {close!r}?" if close else ";"
    raise UsageError(f"{what} {name[:_LONGEST_NAME]!r}{meant} it has {', '.join(names) or 'none'}")
