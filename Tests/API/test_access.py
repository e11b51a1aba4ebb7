"""Who may do what: every route of the program asked as every role, held against the checked-in table.

Tests/Fixtures/security/routes.tsv has a row for each route (a test of the router itself fails for one without) and a
column for each role. "in" means that the role passes: the answer is a page, a file, or a complaint about what was sent.
To write the table anew, run with THROUGHLINE_WRITE_ROUTES=1 and read what changed.
"""

from __future__ import annotations

import os
import pathlib
import re

from people import Person

TABLE = pathlib.Path(__file__).resolve().parents[1] / "Fixtures/security/routes.tsv"
ROLES = ["signed_out", "viewer", "caseworker", "owner", "administrator", "other_owner", "other_administrator"]
SERVICE = "passport-renewal"

# Things that are there, so that whoever may see them does.
THINGS = {
    ":service": SERVICE, ":form": "after-delivery", ":touchpoint": "office-kiosk", ":agency": "consular-affairs",
    ":page": "page-1", ":question": "rating", ":quarter": "FY2026Q1", ":device": "nowhere", ":id": "nowhere",
    ":link": "a-link-that-never-was-one", ":token": "a-token-that-never-was-one", ":code": "ABCD-EFGH-2345",
    ":hash": "0", ":name": "site.css",
}
FILES = {
    "/results/:file": "results.csv", "/staff/services/:service/download/:file": "journeys.csv",
    "/staff/services/:service/feedback/:file": "scores.csv", "/staff/services/:service/scorecard/:file": "cards.csv",
    "/staff/services/:service/channels/posters/:file": "office-kiosk.svg",
    "/staff/services/:service/reports/:quarter/:file": "a11-v1.csv",
}


def rows() -> list[tuple[str, str, dict[str, str]]]:
    head, *lines = [line.split("\t") for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]
    assert head == ["method", "route", *ROLES]
    return [(line[0], line[1], dict(zip(ROLES, line[2:]))) for line in lines]


def outcome(person: Person, method: str, path: str) -> str:
    if method == "GET":
        answer = person.get(path, reads=False)
    elif path.startswith("/api/"):
        answer = person.ask("POST", path, "{}")
    else:
        answer = person.post(path)
    if answer.status == 303 and answer.location.startswith("/staff/sign-in") and "set=" not in answer.location:
        return "sign-in"
    return {401: "401", 403: "no", 404: "none", 410: "none"}.get(answer.status, "in") if answer.status < 500 else "5xx"


def test_every_role_gets_what_the_table_says(server, people):
    journey = server.rows("SELECT journey FROM event WHERE service = ? AND kind = 'step' LIMIT 1", SERVICE)[0][0]
    dated = server.rows(
        "SELECT journey FROM promise WHERE service = ? AND ended_at IS NULL AND date_given IS NOT NULL", SERVICE)[0][0]
    account = server.rows("SELECT id FROM account WHERE name = 'viewer.here'")[0][0]
    answer = server.rows("SELECT sequence FROM event WHERE service = ? AND kind = 'response' LIMIT 1", SERVICE)[0][0]
    for person in people.values():
        person.get("/track" if person.name == "" else "/staff/password")
    wrong, written = [], ["\t".join(["method", "route", *ROLES])]
    for method, route, expected in rows():
        path = route.replace(":file", FILES.get(route, "file.csv"))
        if route == "/staff/accounts/:id":
            path = path.replace(":id", account)
        things = {**THINGS, ":journey": dated if route.endswith("/date") else journey, ":answer": str(answer)}
        if "/suppliers" in route or "/scorecard" in route:
            things[":service"] = "supply-order"
        path = re.sub(r":[a-z]+", lambda name: things[name.group()], path)
        found = {}
        for role in ROLES:
            person = people[role]
            if route == "/staff/sign-out":
                # A session of its own, so that the others stay.
                other = Person(server, "10.9.4.1", name=person.name)
                other.sign_in() if role != "signed_out" else other.get("/staff/sign-in")
                found[role] = "in" if other.post(path).status == 303 else "no"
                continue
            found[role] = outcome(person, method, path)
        written.append("\t".join([method, route, *(found[role] for role in ROLES)]))
        wrong += [f"{method} {route} as {role}: {found[role]}, the table says {expected[role]}"
                  for role in ROLES if found[role] != expected[role]]
    if os.environ.get("THROUGHLINE_WRITE_ROUTES"):
        comments = [line for line in TABLE.read_text().splitlines() if line.startswith("#")]
        TABLE.write_text("\n".join(comments + written) + "\n")
        return
    assert not wrong, "\n".join(wrong)


def test_nobody_sees_another_agencys_journeys_in_any_list(server, people):
    """Object level: whoever belongs to another agency is shown none of this one's services, by any way in."""
    for role in ["other_owner", "other_administrator"]:
        person = people[role]
        for path in ["/staff", "/staff/promises", "/staff/forms"]:
            assert SERVICE not in person.get(path).body, f"{path} as {role}"
        journey = server.rows("SELECT journey FROM event WHERE service = ? LIMIT 1", SERVICE)[0][0]
        assert person.get(f"/staff/services/{SERVICE}/journeys/{journey}").status in (403, 404)


def test_a_suppliers_link_opens_its_own_card_only(server, people):
    """Object level: a supplier's link shows the one supplier, and a link for one is none for another."""
    owner = people["owner"]
    page = owner.get("/staff/services/supply-order/suppliers")
    names = re.findall(r'name="supplier" value="([^"]+)"', page.body) or re.findall(r'<option value="([^"]+)"', page.body)
    assert len(names) >= 2, page.body[:2_000]
    links = {}
    for name in names[:2]:
        made = owner.post("/staff/services/supply-order/suppliers", {"step": "link", "supplier": name, "language": "en"})
        shown = made if made.status == 200 else owner.get(made.location)
        new = [one for one in re.findall(r"/suppliers/([A-Za-z0-9_-]{16,})", shown.body) if one not in links.values()]
        assert new, re.sub(r"<[^>]+>", " ", shown.body)[-2_500:]
        links[name] = new[-1]
    stranger = Person(server, "10.9.5.1")
    first, second = list(links)
    own, other = stranger.get(f"/suppliers/{links[first]}"), stranger.get(f"/suppliers/{links[second]}")
    assert own.status == other.status == 200
    lines = [set(re.findall(r'name="line" value="([^"]+)"', card.body)) for card in (own, other)]
    assert not lines[0] & lines[1]
    assert links[second] not in own.body and links[first] not in other.body
    # What stands on another's card can't be contested with one's own link.
    if lines[1]:
        stranger.get(f"/suppliers/{links[first]}")
        stranger.post(f"/suppliers/{links[first]}", {"line": sorted(lines[1])[0], "reason": "not mine", "contest": "yes"})
        assert server.rows("SELECT count(*) FROM event WHERE attributes LIKE '%not mine%'") == [(0,)]
    for wrong in [links[first][:-1] + ("0" if links[first][-1] != "0" else "1"), "0" * len(links[first])]:
        assert stranger.get(f"/suppliers/{wrong}").status == 404
    assert stranger.get("/staff/services/supply-order/scorecard").status == 303


def test_an_agencys_administrator_reaches_nobody_elses_accounts(server, people):
    """Object level: whoever administers one agency neither sees, nor changes, nor makes accounts beyond it."""
    other = people["other_administrator"]
    page = other.get("/staff/accounts")
    assert "owner.other" in page.body and "viewer.here" not in page.body and "ada.first" not in page.body
    before = server.rows("SELECT id, role, disabled_at, agency FROM account WHERE name LIKE '%.here' ORDER BY id")
    for account in before:
        for change in [{"change": "role", "role": "administrator"}, {"change": "close"}, {"change": "password"}]:
            other.post(f"/staff/accounts/{account[0]}", change)
    assert server.rows("SELECT id, role, disabled_at, agency FROM account WHERE name LIKE '%.here' ORDER BY id") == before
    other.get("/staff/accounts")
    other.post("/staff/accounts", {"name": "made.elsewhere", "role": "administrator"})
    assert server.rows("SELECT agency FROM account WHERE name = 'made.elsewhere'") == [("another-agency",)]


def test_a_form_field_nobody_offered_changes_nothing(server, people):
    """Field level: an account can't raise itself, and a form takes no field it does not show."""
    viewer = people["viewer"]
    own = server.rows("SELECT id, role FROM account WHERE name = 'viewer.here'")[0]
    assert viewer.post(f"/staff/accounts/{own[0]}", {"change": "role", "role": "administrator"}).status == 403
    viewer.get("/staff/password")
    viewer.post("/staff/password", {"old": "wrong", "password": "x" * 20, "again": "x" * 20, "role": "administrator",
                                    "agency": "any", "id": own[0]})
    assert server.rows("SELECT id, role FROM account WHERE name = 'viewer.here'")[0] == own
