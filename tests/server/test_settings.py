"""Flags come before the environment, and what makes no sense is refused at the start."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import click
import pytest

from kg.cli.servers import serve
from kg.errors import UsageError
from kg.server.http.limits import Limits
from kg.server.settings import ServerSettings


def test_flags_come_before_the_environment_and_that_before_the_defaults() -> None:
    environment = {"KG_PORT": "9000", "KG_TIMEOUT": "2.5", "KG_RELEASES": "there", "KG_HOST": "::1"}
    settings = ServerSettings.read({"port": 8080, "timeout": None}, environment)
    assert (settings.port, settings.timeout, settings.releases) == (8080, 2.5, Path("there"))
    assert (settings.host, settings.client_queries) == ("::1", 1)


def test_every_setting_is_an_option_of_the_command() -> None:
    options = {one.name: one for one in serve.params if one.name not in ("quiet", "verbose")}
    assert options.keys() == {field.name for field in fields(ServerSettings)}
    for name, bound in vars(Limits()).items():
        assert options[name].type is (click.FLOAT if isinstance(bound, float) else click.INT)


def test_every_setting_is_shown() -> None:
    assert "query-workers: 3" in ServerSettings(query_workers=3).lines()
    assert len(ServerSettings().lines()) == len(fields(ServerSettings))


def test_at_the_start_those_that_were_given_are_enough() -> None:
    assert ServerSettings().lines(all_of_them=False) == []
    given = ServerSettings(port=0, public="https://example.org")
    assert given.lines(all_of_them=False) == ["port: 0", "public: https://example.org"]


@pytest.mark.parametrize(
    ("flags", "environment", "told"),
    [
        ({}, {"KG_PORT": "http"}, "KG_PORT='http' is not a number"),
        ({"port": 70_000}, {}, "70000 is no port"),
        ({"timeout": 0.0}, {}, "timeout must be more than 0"),
        ({"timeout": float("nan")}, {}, "timeout must be more than 0"),
        ({"query_workers": -1}, {}, "query-workers must be more than 0"),
        ({"test_mode": True, "host": "192.0.2.1"}, {}, "loopback"),
        ({"test_mode": True}, {"KG_HOST": "example.org"}, "loopback"),
    ],
)
def test_what_makes_no_sense_is_refused(flags: dict[str, object], environment: dict[str, str], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        ServerSettings.read(flags, environment)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost"])
def test_the_test_mode_listens_on_loopback(host: str) -> None:
    assert ServerSettings(host=host, test_mode=True).test_mode
