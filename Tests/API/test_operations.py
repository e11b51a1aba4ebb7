"""What those who run the server ask: health, metrics, doctor, retention."""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import re
import sqlite3
import subprocess

from conftest import TOKEN
from people import Person
from server import SERVICES, TEMPLATES, binary


def doctor(folder: pathlib.Path, *options: str, **environment: str) -> tuple[int, dict]:
    done = subprocess.run(
        [binary(), "doctor", "--json", "--data", str(folder), "--services", str(SERVICES), "--templates",
         str(TEMPLATES), *options], capture_output=True, text=True, timeout=60, env={**os.environ, **environment})
    return done.returncode, json.loads(done.stdout)


def found(document: dict, name: str) -> list[dict]:
    return [one for one in document["findings"] if one["name"] == name]


def test_a_server_that_runs_is_ready(server):
    person = Person(server, "10.9.3.1")
    assert person.get("/health/live").status == 200
    ready = person.get("/health/ready")
    assert ready.status == 200
    assert json.loads(ready.body) == {
        "status": "ready", "checks": {"database": "ok", "disk": "ok", "backlog": "ok"}}


def test_every_metric_is_there_and_only_for_the_collector(server, people):
    person = people["signed_out"]
    assert person.get("/metrics").status == 404
    answer = person.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status == 200
    kinds = dict(re.findall(r"^# TYPE (\S+) (\S+)$", answer.body, re.M))
    listed = pathlib.Path(__file__).resolve().parents[2] / "Docs/Operating.md"
    promised = re.findall(r"^\| `((?:throughline|process)_[a-z_]+)` \| (\w+)", listed.read_text(), re.M)
    assert promised
    # Those of the feed are there where there is an analytics server (Tests/Analytics looks at them).
    feed = {name for name, _ in promised if name.startswith("throughline_analytics_")}
    assert feed and not feed & set(kinds)
    assert not [(name, kind) for name, kind in promised if name not in feed and kinds.get(name) != kind]
    assert re.search(r'throughline_http_request_seconds_count\{method="GET",route="/health/live",status="200"\} \d', answer.body)
    for line in answer.body.splitlines():
        assert line.startswith("# ") or re.fullmatch(r'[a-z_]+(\{([a-z]+="[^"]*",?)*\})? [-+0-9.eEInf]+', line), line
    # What somebody asks for in vain is no label.
    person.get("/a-path-nobody-has/x")
    assert "a-path-nobody-has" not in person.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).body


def test_the_first_link_stays_the_same_until_it_is_used(tmp_path):
    """Two starts in a row print the same link."""
    links = []
    for _ in range(2):
        process = subprocess.Popen(
            [binary(), "serve", "--data", str(tmp_path), "--services", str(SERVICES), "--templates", str(TEMPLATES),
             "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            for line in process.stdout:
                if "/staff/set-up/" in line:
                    links.append(line.strip().rsplit("/", 1)[1])
                    break
        finally:
            process.terminate()
            process.wait(timeout=30)
    assert len(links) == 2 and links[0] == links[1]


def test_doctor_finds_nothing_wrong_with_a_server_that_runs(server):
    code, document = doctor(server.data)
    assert code == 0 and document["status"] in ("ok", "warn")
    names = {one["name"] for one in document["findings"]}
    assert {"configuration", "data folder", "vault key", "site key", "database", "clock", "disk", "open files",
            "services", "time zones", "Graphviz", "templates", "network", "mail", "retention"} <= names
    assert all(one["said"] for one in document["findings"])
    assert all(one.get("advice") for one in document["findings"] if one["state"] != "ok")


def test_doctor_says_what_is_wrong_and_what_to_do(tmp_path):
    (tmp_path / "throughline.json").write_text('{"prot": 1, "smtp": {"password": "s3cret-s3cret"}, "zone": "Mars/Base"}')
    (tmp_path / "throughline.json").chmod(0o644)
    (tmp_path / "vault.key").write_text("not a key\n")
    (tmp_path / "throughline.db").write_bytes(b"this is no database, only text that is long enough" * 40)
    code, document = doctor(tmp_path, THROUGHLINE_PROT="9")
    assert code == 1 and document["status"] == "fail"
    said = json.dumps(document, ensure_ascii=False)
    assert "s3cret" not in said
    settings = " ".join(one["said"] for one in found(document, "configuration"))
    assert "Mars/Base" in settings and "prot" in settings and "THROUGHLINE_PROT" in settings and "others may read" in settings
    assert found(document, "vault key")[0]["state"] == "fail"
    assert found(document, "database")[0]["state"] == "fail"


def test_doctor_reaches_for_the_mail_server(tmp_path):
    code, document = doctor(
        tmp_path, THROUGHLINE_SMTP_URL="smtp://127.0.0.1:9", THROUGHLINE_SMTP_FROM="Office <office@example.gov>")
    assert code == 1 and found(document, "mail")[0]["state"] == "fail"


def test_flags_come_before_the_environment_and_the_environment_before_the_file(tmp_path):
    (tmp_path / "throughline.json").write_text('{"host": "127.0.0.3", "port": 8143, "name": {"en": "From the file"}}')
    done = subprocess.run(
        [binary(), "doctor", "--settings", "--data", str(tmp_path), "--port", "8141"], capture_output=True, text=True,
        timeout=60, env={**os.environ, "THROUGHLINE_PORT": "8142", "THROUGHLINE_HOST": "127.0.0.2"})
    lines = dict(line.split(None, 1) for line in done.stdout.splitlines())
    assert lines["port"].startswith("8141 (flag --port")
    assert lines["host"].startswith("127.0.0.2 (THROUGHLINE_HOST")
    assert lines["name.en"].startswith("From the file (")
    assert lines["zone"].startswith("America/New_York (default")


def test_a_schedule_erases_words_and_leaves_certificates(server, key):
    person = Person(server, "10.9.3.9")
    answers = {"id": "keep-1", "service": "passport-renewal", "form": "after", "answers": {"overall": 4}}
    person.ask("POST", "/api/v1/responses", json.dumps(answers), {"Authorization": f"Bearer {key}"})
    with contextlib.closing(sqlite3.connect(server.data / "throughline.db", timeout=30)) as record:
        record.execute("UPDATE vault SET stored_at = stored_at - 400 * 86400000000 WHERE subject LIKE 'response:%'")
        record.commit()
    before = server.rows("SELECT count(*) FROM vault WHERE subject LIKE 'response:%'")[0][0]
    assert before > 0
    os.environ["THROUGHLINE_RETENTION_WORDS_DAYS"] = "365"
    try:
        assert server.run("retention", "run", "--dry-run").strip() == f"words: {before}"
        server.run("retention", "run")
    finally:
        del os.environ["THROUGHLINE_RETENTION_WORDS_DAYS"]
    assert server.rows("SELECT count(*) FROM vault WHERE subject LIKE 'response:%'") == [(0,)]
    certificates = [json.loads(line) for line in subprocess.run(
        [binary(), "retention", "list", "--json", "--data", str(server.data)], capture_output=True, text=True,
        timeout=60, check=True).stdout.splitlines()]
    assert sum(one["items"] for one in certificates) == before
    assert all(one["rule"] == "words" and one["account"] == "command line" for one in certificates)
    noted = server.rows("SELECT count(*) FROM audit WHERE action = 'erase' AND account = 'command line'")
    assert noted[0][0] == len(certificates)
