"""Page times, signed in the way a person is: through the one-time link and the sign-in form. One line of JSON a page.

Every view is asked for with a filter nobody has used before, so that it is computed; the same address once more
gives the time of a view that is remembered. A page's figure is the median of the service that is slowest to show.

usage: pages.py BINARY SERVICES TEMPLATES DATA LABEL LOG [--views N] [--wait SECONDS]
"""
import argparse
import datetime
import html
import json
import re
import sqlite3
import statistics
import sys
import time
import urllib.parse

from server import serving


class Visitor:
    """A browser's part: keeps cookies, follows nothing by itself."""

    def __init__(self, server):
        self.connection = server.connect()
        self.cookies = {}

    def ask(self, method, path, form=None):
        """Status, location, body and the seconds until the last byte."""
        headers = {"Accept-Language": "en", "Host": f"127.0.0.1:{self.connection.port}"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = None
        if form is not None:
            body = urllib.parse.urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = f"http://127.0.0.1:{self.connection.port}"
        start = time.perf_counter()
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read()
        seconds = time.perf_counter() - start
        for field in answer.headers.get_all("Set-Cookie") or []:
            name, value = field.split(";")[0].split("=", 1)
            self.cookies[name.strip()] = value.strip()
        return answer.status, answer.headers.get("Location"), text.decode(), seconds

    def token(self, page):
        found = re.search(r'name="form_token" value="([^"]*)"', page)
        if not found:
            raise SystemExit("the page has no form token")
        return html.unescape(found.group(1))

    def sign_in(self, server):
        name, password = "bench", "a long benchmark passphrase 7"
        if server.link:
            path = f"/staff/set-up/{server.link}"
            _, _, page, _ = self.ask("GET", path)
            status, _, page, _ = self.ask(
                "POST", path, {"name": name, "password": password, "again": password, "form_token": self.token(page)})
            if status != 303:
                raise SystemExit(f"the one-time link was answered with {status}")
        _, _, page, _ = self.ask("GET", "/staff/sign-in")
        status, _, _, _ = self.ask(
            "POST", "/staff/sign-in",
            {"name": name, "password": password, "next": "/staff", "form_token": self.token(page)})
        if status != 303:
            raise SystemExit(f"signing in was answered with {status}")
        status, _, _, _ = self.ask("GET", "/staff")
        if status != 200:
            raise SystemExit(f"after signing in /staff was answered with {status}")

    def timed(self, path):
        status, _, text, seconds = self.ask("GET", path)
        if status != 200:
            raise SystemExit(f"{path} was answered with {status}")
        return seconds * 1000, text


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Pages:
    def __init__(self, label):
        self.label = label
        self.times = {}

    def keep(self, page, service, milliseconds):
        self.times.setdefault(page, {}).setdefault(service, []).append(milliseconds)

    def tell(self, **also):
        for page, services in self.times.items():
            medians = {service: statistics.median(times) for service, times in services.items()}
            slowest = max(medians, key=medians.get)
            every = [one for times in services.values() for one in times]
            print(json.dumps({
                "figure": "page", "label": self.label, "page": page, "views": len(every),
                "median_ms": statistics.median(every), "p95_ms": percentile(every, 0.95), "slowest": slowest,
                "slowest_median_ms": medians[slowest], "slowest_p95_ms": percentile(services[slowest], 0.95),
                **also}), flush=True)


def main():
    parser = argparse.ArgumentParser()
    for name in ("binary", "services", "templates", "data", "label", "log"):
        parser.add_argument(name)
    parser.add_argument("--views", type=int, default=15, help="views of each page and service")
    parser.add_argument("--wait", type=int, default=900, help="seconds the server may take to start")
    options = parser.parse_args()
    with sqlite3.connect(f"file:{options.data}/throughline.db?mode=ro", uri=True) as base:
        services = base.execute("SELECT service, count(*) FROM journey GROUP BY 1 ORDER BY 2 DESC").fetchall()
        steps = {service: base.execute(
            "SELECT last_activity FROM journey WHERE service = ? GROUP BY 1 ORDER BY count(*) DESC LIMIT 1",
            (service,)).fetchone()[0] for service, _ in services}
        (events,) = base.execute("SELECT max(sequence) FROM event").fetchone()
    pages = Pages(options.label)
    today = datetime.date.today()
    with serving(options.binary, options.data, options.services, options.templates, options.log,
                 options.wait) as server:
        staff, anyone = Visitor(server), Visitor(server)
        staff.sign_in(server)
        settled = server.settle(lambda: staff.timed("/staff"))
        for path in ("/", "/staff"):
            staff.timed(path)
        for view in range(options.views):
            def days(back):
                return f"from={today - datetime.timedelta(days=back + view)}&to={today}"

            milliseconds, _ = staff.timed(f"/staff?{days(365)}")
            pages.keep("glance", "all", milliseconds)
            milliseconds, _ = anyone.timed("/")
            pages.keep("public: catalogue", "all", milliseconds)
            milliseconds, _ = anyone.timed("/methods")
            pages.keep("public: methods", "all", milliseconds)
            for service, _ in services:
                place = f"/staff/services/{service}"
                step = urllib.parse.quote(steps[service])
                views = [
                    ("service, whole year", f"{place}?{days(366)}"), ("service, half a year", f"{place}?{days(183)}"),
                    ("service, through one step", f"{place}?{days(366)}&step={step}"),
                    ("service, one channel", f"{place}?{days(366)}&channel=web"),
                ]
                for name, path in views:
                    milliseconds, _ = staff.timed(path)
                    pages.keep(name, service, milliseconds)
                milliseconds, _ = staff.timed(views[0][1])
                pages.keep("service, seen before", service, milliseconds)
                milliseconds, text = staff.timed(f"{place}/journeys?{days(366)}")
                pages.keep("journeys", service, milliseconds)
                milliseconds, _ = staff.timed(f"{place}/journeys?{days(183)}&show=open")
                pages.keep("journeys, open ones", service, milliseconds)
                milliseconds, _ = staff.timed(f"{place}/journeys?{days(366)}&step={step}")
                pages.keep("journeys, through one step", service, milliseconds)
                links = re.findall(rf'href="({place}/journeys/[^"?]+)', text)
                if links:
                    milliseconds, _ = staff.timed(html.unescape(links[view % len(links)]))
                    pages.keep("one journey", service, milliseconds)
                milliseconds, _ = anyone.timed(f"/services/{service}")
                pages.keep("public: service", service, milliseconds)
        memory = server.peak_mebibytes()
    pages.tell(journeys=sum(count for _, count in services), events=events, start_seconds=server.start_seconds, settled_seconds=settled,
               peak_mebibytes=memory)


if __name__ == "__main__":
    sys.exit(main())
