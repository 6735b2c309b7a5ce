"""Errors as HTTP answers: `application/problem+json` (RFC 9457) with a title, what is wrong and what to do.

The status is a fact of each kind of error (`kg.errors`); the kinds below are those that only a
server knows. One table gives the titles, and no other place makes an error into an answer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from kg import errors
from kg.errors import KgError, NotFound, UsageError
from kg.formats import PROBLEM

__all__ = [
    "PROBLEM_TYPE",
    "BodyTooLarge",
    "ClientGone",
    "Evicted",
    "HeadersTooLarge",
    "MethodNotAllowed",
    "MisdirectedRequest",
    "Overloaded",
    "RequestTimeout",
    "TargetTooLong",
    "TooManyRequests",
    "UnsupportedMediaType",
    "problem_body",
    "problem_headers",
    "problem_of",
]

PROBLEM_TYPE = PROBLEM.media_type


class _Later(KgError):
    """The same request may succeed later: `retry_after` says in how many seconds."""

    def __init__(self, message: str, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__(message, retry_after)

    def __str__(self) -> str:
        return str(self.args[0])


class Overloaded(_Later):
    """The server has too much to do."""

    http_status = 503


class ClientGone(KgError):
    """The client closed the connection before it had its answer, which nobody will read; the status is for the log."""

    http_status = 499


class Evicted(Overloaded):
    """The server had too much to do, and stopped this request, whose client had used most."""


class TooManyRequests(_Later):
    """This client has asked for too much."""

    http_status = 429


class UnsupportedMediaType(UsageError):
    """The body is of a type that the address does not take."""

    http_status = 415


class BodyTooLarge(UsageError):
    """The body is larger than the limit."""

    http_status = 413


class TargetTooLong(UsageError):
    """The address that a request asks for is longer than the limit."""

    http_status = 414


class MisdirectedRequest(UsageError):
    """The request is for another host."""

    http_status = 421


class HeadersTooLarge(UsageError):
    """A request has too many headers, or they are too long together."""

    http_status = 431


class RequestTimeout(UsageError):
    """A request did not come to its end in time."""

    http_status = 408


class MethodNotAllowed(UsageError):
    """The address does not take this method; `allowed` are those it takes."""

    http_status = 405

    def __init__(self, message: str, allowed: tuple[str, ...]) -> None:
        self.allowed = allowed
        super().__init__(message, allowed)

    def __str__(self) -> str:
        return str(self.args[0])


TITLES: Mapping[type[KgError], str] = MappingProxyType(
    {
        errors.Withdrawn: "Withdrawn",
        NotFound: "Not found",
        errors.NotListed: "Not found",
        errors.ConflictingParameters: "Parameters that exclude each other",
        errors.NotAcceptable: "No such format",
        UnsupportedMediaType: "Unknown type of body",
        BodyTooLarge: "Body too large",
        MethodNotAllowed: "Method not allowed",
        MisdirectedRequest: "Another host",
        TargetTooLong: "Address too long",
        HeadersTooLarge: "Headers too large",
        RequestTimeout: "Request too slow",
        UsageError: "Bad request",
        errors.QueryRefused: "Refused",
        errors.QueryTooLong: "Query too long",
        errors.QueryTimeout: "Deadline passed",
        errors.QueryCrash: "Query ended its worker",
        errors.ResultTooLarge: "Result too large",
        errors.QueryLimit: "Limit reached",
        errors.QueryError: "Bad query",
        errors.InputError: "Bad input",
        errors.ReleaseError: "Release unusable",
        Overloaded: "Server is busy",
        TooManyRequests: "Too many requests",
        KgError: "Internal error",
    }
)
"""Each kind with its title; a kind that is missing has its parent's."""


def problem_of(error: KgError) -> dict[str, Any]:
    """Write an error as a problem.

    >>> problem_of(NotFound("entity", "Shandong Tims", ("company/shandong-times",)))["suggestions"]
    ['company/shandong-times']
    """
    title = next(TITLES[kind] for kind in type(error).__mro__ if kind in TITLES)
    facts: dict[str, Any] = {"title": title, "status": error.http_status, "detail": str(error)}
    if isinstance(error, NotFound) and error.suggestions:
        facts["suggestions"] = list(error.suggestions)
    return facts


def problem_body(error: KgError) -> bytes:
    """Write an error as the body of an answer; its last line ends, so that it reads well in a terminal."""
    return json.dumps(problem_of(error), ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace") + b"\n"


def problem_headers(error: KgError) -> dict[str, str]:
    """Give the headers that go with an error."""
    headers = {"content-type": PROBLEM_TYPE, "cache-control": "no-store"}
    if isinstance(error, _Later):
        headers["retry-after"] = str(error.retry_after)
    if isinstance(error, MethodNotAllowed):
        headers["allow"] = ", ".join(error.allowed)
    return headers
