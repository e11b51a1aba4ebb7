"""The API's description is true: every operation is asked with good and with bad data, with and without a key."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys

from people import Person

EXAMPLES = os.environ.get("THROUGHLINE_EXAMPLES", "15")
SETTINGS = pathlib.Path(__file__).resolve().parent / "schemathesis.toml"


def test_everything_the_description_says_is_so(server, key, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "schemathesis.cli", "--config-file", str(SETTINGS), "run",
         f"{server.address}/api/v1/openapi.json", "--checks", "all", "--max-examples", EXAMPLES, "--seed", "20260302",
         "--phases", "examples,coverage,fuzzing", "--no-color", "-H", f"Authorization: Bearer {key}"],
        capture_output=True, text=True, timeout=400, cwd=tmp_path)
    assert done.returncode == 0, done.stdout[-12_000:] + done.stderr[-2_000:]
    assert "ignored_auth" not in done.stdout and "No operations" not in done.stdout
    print(done.stdout[-1_500:])


def test_the_description_is_served_to_anybody_and_names_every_operation(server):
    answer = Person(server, "10.9.2.1").get("/api/v1/openapi.json")
    assert answer.status == 200 and answer.headers["Content-Type"] == "application/json"
    document = json.loads(answer.body)
    assert document["openapi"].startswith("3.1")
    assert "/api/v1/events" in document["paths"]


def test_the_examples_it_gives_are_taken(server, key):
    person = Person(server, "10.9.2.3")
    schemas = json.loads(person.get("/api/v1/openapi.json").body)["components"]["schemas"]

    def example(name: str) -> dict:
        schema = schemas[name]
        return {field: schema["properties"][field]["examples"][0] for field in schema["required"]}

    for path, name in [("/api/v1/events", "Event"), ("/api/v1/responses", "Response"), ("/api/v1/quotes", "QuoteRequest")]:
        answer = person.ask("POST", path, json.dumps(example(name)), {
            "Authorization": f"Bearer {key}", "Content-Type": "application/json"})
        assert answer.status == 200, answer.body
        document = json.loads(answer.body)
        assert document.get("stored", 1) + document.get("duplicate", 0) == 1, answer.body
    figures = person.get("/api/v1/services/passport-renewal/figures")
    assert figures.status == 200 and set(json.loads(figures.body)) == set(schemas["Figures"]["required"])


def test_a_key_writes_to_its_own_agency_only(server):
    """Object level: another agency's service is to this key as if it were not there."""
    other = server.run("keys", "issue", "--agency", "workforce-commission", "--source", "stranger").strip()
    event = {"id": "1", "service": "passport-renewal", "journey": "x-1", "activity": "filed",
             "occurred": "2026-03-02T10:00:00Z"}
    person = Person(server, "10.9.2.2")
    said = person.ask("POST", "/api/v1/events", json.dumps(event),
                      {"Authorization": f"Bearer {other}", "Content-Type": "application/json"})
    assert said.status == 422 and json.loads(said.body)["stored"] == 0
    quote = person.ask("POST", "/api/v1/quotes", json.dumps({"service": "passport-renewal"}),
                       {"Authorization": f"Bearer {other}"})
    assert quote.status == 404
    assert server.rows("SELECT count(*) FROM event WHERE journey = 'x-1'") == [(0,)]
