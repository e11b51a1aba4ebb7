"""What people type, and what lets them in, is in no line of the log: at its most talkative, after everything."""

from __future__ import annotations

import json
import re

from people import PASSWORD, Person

WORDS = "My neighbour Xanthippe told me the office had moved"
MAIL = "xanthippe.quill@example.org"
GUESS = "hunter2-hunter2-hunter2"


def lines(server) -> list[str]:
    return (server.data / "server.log").read_text().splitlines()


def test_no_secret_and_nothing_personal_is_logged(server, key, people):
    visitor = Person(server, "203.0.113.77")
    page = visitor.get("/services/passport-renewal/request")
    fields = {name: "" for name in re.findall(r'name="([a-z_.-]+)"', page.body)}
    fields |= {"email": MAIL, "name": "Xanthippe Quill", "contact": MAIL}
    filed = visitor.post("/services/passport-renewal/request", fields)
    code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", filed.location + filed.body)
    tracking = code.group() if code else "ZZZZ-ZZZZ-ZZZZ"
    visitor.get(f"/track/{tracking}")
    visitor.get("/track")
    visitor.post("/track", {"code": MAIL})
    visitor.get("/staff/sign-in")
    visitor.post("/staff/sign-in", {"name": MAIL, "password": GUESS})
    visitor.get(f"/nowhere/{MAIL}?password={GUESS}")
    visitor.ask("POST", "/api/v1/events", "{" + WORDS, {"Authorization": f"Bearer {GUESS}"})
    visitor.ask("POST", "/api/v1/responses", json.dumps({
        "id": "log-1", "service": "passport-renewal", "form": "after", "answers": {"why": WORDS}}),
        {"Authorization": f"Bearer {key}"})
    administrator = people["administrator"]
    administrator.get("/staff")

    text = "\n".join(lines(server))
    secrets = {
        "password": PASSWORD, "wrong password": GUESS, "words": WORDS[:24], "address": MAIL, "name": "Xanthippe",
        "API key": key, "tracking code": tracking, "person's network address": "203.0.113.77",
        "carrier's secret": server.secret, "setting-up link": server.first_link.rsplit("/", 1)[1],
        "form token": administrator.token,
        **{f"cookie {name}": value for name, value in administrator.cookies.items() if len(value) > 8},
    }
    for what, secret in secrets.items():
        assert secret not in text, f"the {what} is in the log"


def test_every_line_is_one_json_object_and_requests_carry_their_id(server, people):
    forged = "/nowhere/%0a%7B%22level%22%3A%22error%22%2C%22message%22%3A%22forged%22%7D"
    answer = people["signed_out"].get(forged)
    entries = [json.loads(line) for line in lines(server) if line]
    assert entries
    assert not [one for one in entries if one["message"] == "forged"]
    own = [one for one in entries if answer.headers["X-Request-Id"] in one.values()]
    assert own and all(one["at"] and one["level"] for one in own)


def test_what_is_refused_is_logged_with_who_and_where(server, people):
    people["viewer"].get("/staff/accounts")
    entries = [json.loads(line) for line in lines(server) if line]
    refused = [one for one in entries if one["message"] == "refused"]
    assert any(one["reason"] == "not_allowed" and one["route"] == "/staff/accounts" for one in refused), refused[-3:]
    who = server.rows("SELECT id FROM account WHERE name = 'viewer.here'")[0][0]
    assert any(one.get("account") == who for one in refused)
