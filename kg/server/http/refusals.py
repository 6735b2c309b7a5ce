"""Why a request is refused before it is parsed: each refusal names its bound, for the client and for the count."""

from __future__ import annotations

from http import HTTPStatus

from kg.errors import KgError
from kg.server.http.asgi import PROTECTION
from kg.server.http.limits import Limits
from kg.server.http.problems import BodyTooLarge, HeadersTooLarge, TargetTooLong, problem_body, problem_headers

__all__ = ["Refusal", "body_too_large", "headers_too_large", "target_too_long", "too_many_headers", "write_refusal"]

Refusal = tuple[KgError, str]
"""What the client is told, and the bound by which it is counted."""


def target_too_long(limits: Limits) -> Refusal:
    """Refuse an address that is too long."""
    detail = f"the address of the request has over {limits.target_bytes:,} bytes; send a query by POST"
    return TargetTooLong(detail), "target-bytes"


def too_many_headers(limits: Limits) -> Refusal:
    """Refuse headers that are too many."""
    detail = f"the request has over {limits.header_count:,} headers; send fewer"
    return HeadersTooLarge(detail), "header-count"


def headers_too_large(limits: Limits) -> Refusal:
    """Refuse headers that are too large, one of them or all together."""
    detail = f"the headers of the request have over {limits.header_bytes:,} bytes; send less"
    return HeadersTooLarge(detail), "header-bytes"


def body_too_large(limits: Limits) -> Refusal:
    """Refuse a body that is larger than what any address takes."""
    detail = f"the body of the request has over {limits.body_bytes:,} bytes; send less"
    return BodyTooLarge(detail), "body-bytes"


def write_refusal(refusal: KgError) -> bytes:
    """Write an answer of HTTP/1.1 that tells why, and ends the connection."""
    body = problem_body(refusal)
    status = HTTPStatus(refusal.http_status)
    lines = [f"HTTP/1.1 {status.value} {status.phrase}".encode("ascii")]
    headers = {**problem_headers(refusal), "content-length": str(len(body)), "connection": "close"}
    lines += [f"{name}: {value}".encode("latin-1") for name, value in headers.items()]
    lines += [name + b": " + value for name, value in PROTECTION]
    return b"\r\n".join([*lines, b"", body])
