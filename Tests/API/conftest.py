"""What the tests of the running program stand on: one server that logs all it can, and a person in it for each role."""

from __future__ import annotations

import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Browser"))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from people import Person, invite  # noqa: E402
from server import serving  # noqa: E402

TOKEN = "the collector's own token"


@pytest.fixture(scope="session")
def server():
    with serving(
            size="0.02", options=("--log", "trace", "--log-format", "json"),
            environment={"THROUGHLINE_METRICS_TOKEN": TOKEN}) as running:
        yield running


@pytest.fixture(scope="session")
def key(server) -> str:
    return server.run("keys", "issue", "--agency", "consular-affairs", "--source", "api-tests").strip()


@pytest.fixture(scope="session")
def people(server) -> dict[str, Person]:
    """One for each role, and two who may see another agency only."""
    first = Person(server, "10.9.0.1")
    first.set_up(server.first_link, "ada.first")
    made = {"signed_out": Person(server, "10.9.0.2"), "administrator": first}
    for role in ["viewer", "caseworker", "owner"]:
        made[role] = invite(server, first, f"{role}.here", role)
    for role in ["owner", "administrator"]:
        made[f"other_{role}"] = invite(server, first, f"{role}.other", role, agency="another-agency")
    return made
