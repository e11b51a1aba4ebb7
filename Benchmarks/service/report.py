"""Turns the results of a run into the table of Docs/Benchmarks-service.md; says on standard error which bars are missed
and leaves with 1 when one is.

usage: report.py RESULTS.jsonl OUT.md
"""
import sys

from tables import Table, end, ends, grouped, middle, notes, processor, read, seconds, told

PAGE_BAR = 200
GOAL = 100


def appends(table, found):
    hello, single, raw = (found.get(name) for name in ("hello", "single", "raw"))
    if hello and single:
        one, plain = middle(single[0]["rates"]), middle(hello[0]["rates"])
        table.add(
            "one event a request, 64 connections", f"{grouped(one)}/s ({ends(single[0]['rates'])})",
            f"GET /health {grouped(plain)}/s ({ends(hello[0]['rates'])})", f"{one / plain:.0%}", "≥ 35 %",
            one / plain >= 0.35)
        table.add(
            "… latency", f"p50 {middle(single[0]['p50_ms']):.1f} ms, p99 {middle(single[0]['p99_ms']):.1f} ms",
            f"GET /health p99 {middle(hello[0]['p99_ms']):.1f} ms", "", "", None)
    if "bulk" in found and raw:
        rates = [one["rates"][0] for one in found["bulk"]]
        bulk, alone = middle(rates), middle(raw[0]["rates"])
        table.add(
            "JSON Lines, 10,000 a request, 2 senders", f"{grouped(bulk)} rows/s ({ends(rates)})",
            f"SQLite alone {grouped(alone)} rows/s ({ends(raw[0]['rates'])})", f"{bulk / alone:.0%}", "≥ 35 %",
            bulk / alone >= 0.35)
    both = found.get("single on postgres")
    if both:
        theirs, ours = middle(both[0]["rates"]), middle(both[0]["sqlite"])
        table.add(
            "record on PostgreSQL: one event a request", f"{grouped(theirs)}/s ({ends(both[0]['rates'])})",
            f"record on SQLite {grouped(ours)}/s ({ends(both[0]['sqlite'])})", f"{theirs / ours:.0%}", "≥ 80 %",
            theirs / ours >= 0.8 and both[0]["whole"] and both[0]["refused"] == 0)
    if "bulk on postgres" in found and "bulk" in found:
        theirs, ours = ([one["rates"][0] for one in found[name]] for name in ("bulk on postgres", "bulk"))
        table.add(
            "record on PostgreSQL: JSON Lines", f"{grouped(middle(theirs))} rows/s ({ends(theirs)})",
            f"record on SQLite {grouped(middle(ours))} rows/s ({ends(ours)})", f"{middle(theirs) / middle(ours):.0%}",
            "≥ 80 %", middle(theirs) / middle(ours) >= 0.8)
    for name, words in (("single stored", "one a request"), ("bulk stored", "JSON Lines"),
                        ("bulk on postgres stored", "JSON Lines on PostgreSQL")):
        for one in found.get(name, [])[-1:]:
            whole = all(each["whole"] for each in found[name])
            table.add(
                f"acknowledged is stored: {words}",
                f"{grouped(one['acknowledged'])} acknowledged, {grouped(one['stored'])} stored, "
                f"{grouped(one['distinct'])} distinct, {grouped(one['refused'])} refused", "", "",
                "all, once", whole)


def distant(table, found):
    if "feed" in found:
        one = found["feed"][0]
        rate = middle(one["rates"])
        table.add(
            f"feed, {grouped(one['events'])} events with their journeys", f"{grouped(rate)}/s ({ends(one['rates'])})",
            "", "", "≥ 80,000/s", rate >= 80_000)
    if "distant map" in found:
        one = found["distant map"][0]
        taken = middle(one["seconds"])
        table.add(
            f"map with exact percentiles of {grouped(one['events'])} events", seconds(taken), "",
            f"servers' processor time {seconds(middle(one['servers_seconds']))}", "≤ 3 s", taken <= 3)


def promises(table, found):
    for one in found.get("reproject", []):
        taken = one["seconds"]
        table.add(
            f"{grouped(one['promises'])} open promises worked out again and stored after a calendar change",
            f"{middle(taken):.2f} s ({min(taken):.2f}–{max(taken):.2f})", "", "", "< 2 s", middle(taken) < 2)
        table.add(
            "… one journal entry each", f"{grouped(one['moved'])} dates moved", "", "", "all, once", one["whole"])
    for one in found.get("quote", []):
        half, most = one["quote_ms"]
        table.add(
            f"a date quoted over HTTP, {grouped(one['ended'])} journeys of the service finished "
            f"({grouped(one['finished'])} recent enough to count), one after another",
            f"median {half:.2f} ms, p99 {most:.2f} ms",
            f"GET /health between them: median {one['hello_ms'][0]:.2f} ms, p99 {one['hello_ms'][1]:.2f} ms",
            f"{half / one['hello_ms'][0]:.1f}×", "median < 1 ms, HTTP and all", half < 1)
        table.add("… less that answer", f"median {one['own_ms']:.2f} ms", "", "", "", None)
        table.add("… from the server's start until the first such date", f"{one['model_seconds']:.1f} s", "", "", "", None)


def pages(found):
    """A table for each size of record."""
    texts, missed = [], []
    labels = []
    for one in found.get("page", []):
        if one["label"] not in labels:
            labels.append(one["label"])
    for label in labels:
        own = [one for one in found["page"] if one["label"] == label]
        first = own[0]
        memory = f", at most {grouped(first['peak_mebibytes'])} MiB of memory" if first.get("peak_mebibytes") else ""
        texts.append(
            f"\n{grouped(first['journeys'])} journeys, {grouped(first['events'])} events; the server was ready after "
            f"{first['start_seconds']:.1f} s{memory}, and had its models of promises {first['settled_seconds']:.0f} s "
            "later, when the first page was asked for.\n")
        texts.append("| page | views | median | p95 | slowest service | its median | its p95 | ≤ 200 ms | ≤ 100 ms |")
        texts.append("|---|---|---|---|---|---|---|---|---|")
        for one in own:
            isMet, isGoal = one["slowest_median_ms"] <= PAGE_BAR, one["slowest_median_ms"] <= GOAL
            isPublic = one["page"].startswith("public")
            texts.append(
                f"| {one['page']} | {one['views']} | {one['median_ms']:.0f} ms | {one['p95_ms']:.0f} ms | "
                f"{one['slowest']} | {one['slowest_median_ms']:.0f} ms | {one['slowest_p95_ms']:.0f} ms | "
                f"{'yes' if isMet else '**missed**'} | {'yes' if isGoal else 'no'} |")
            if not isMet and not isPublic:
                missed.append(
                    f"{label}: {one['page']}, {one['slowest']}: median {one['slowest_median_ms']:.0f} ms (bar 200 ms)")
    return "\n".join(texts) or "\nNot measured in this run.", missed


def agree(task, ours, theirs):
    if task == "kaplan-meier" or task == "quantiles":
        return all(abs(a - b) <= 1e-9 * max(1, abs(b)) for a, b in zip(ours, theirs))
    if task.startswith("bootstrap"):
        # Different random numbers: the ends of the interval agree to a tenth of its width.
        width = theirs[1] - theirs[0]
        return all(abs(a - b) <= 0.1 * width for a, b in zip(ours, theirs))
    return True


STATISTICS = [
    ("kaplan-meier", "Kaplan-Meier, 10⁷ sorted durations", 1.0),
    ("quantiles", "four quantiles of 10⁷, unordered", None),
    ("quantiles by sorting", "… by sorting", None),
    ("bootstrap of a mean", "2,000 resamples of 10⁵ responses: mean", 2.0),
    ("bootstrap of the index", "2,000 resamples of 10⁵ responses: index of five", 2.0),
    ("suppression, 2 % small", "suppression of 200 × 200, 2 % small cells", 1.0),
    ("suppression, 10 % small", "suppression of 200 × 200, 10 % small cells", 1.0),
    ("suppression, 30 % small", "suppression of 200 × 200, 30 % small cells", 1.0),
    ("suppression, 60 % small", "suppression of 200 × 200, 60 % small cells", 1.0),
]


def figures(table, results):
    by_task = {}
    for one in results:
        if "task" in one:
            by_task.setdefault(one["task"], {})[one["who"]] = one
    for task, words, bar in STATISTICS:
        both = by_task.get(task, {})
        if "ours" not in both:
            continue
        ours = both["ours"]
        taken = middle(ours["seconds"])
        met = None if bar is None else taken <= bar
        limit = "" if bar is None else f"≤ {bar:.0f} s"
        if task == "quantiles" and "quantiles by sorting" in by_task:
            limit = "faster than sorting"
            met = taken < middle(by_task["quantiles by sorting"]["ours"]["seconds"])
        if task.startswith("suppression") and ours["answer"]:
            hidden = ours["answer"]
            words += f" ({grouped(hidden[0])} + {grouped(hidden[1] - hidden[0])} hidden)"
            if not hidden[2]:
                table.missed.append(f"{words}: the result is not safe")
        peers, ratios = [], []
        for who, peer in both.items():
            if who == "ours":
                continue
            same = "" if agree(task, ours["answer"], peer["answer"]) else ", **another answer**"
            if same:
                table.missed.append(f"{words}: {who} answers otherwise: {peer['answer']} for {ours['answer']}")
            peers.append(f"{who} {seconds(middle(peer['seconds']))}{same}")
            ratios.append(f"{middle(peer['seconds']) / taken:.1f}×")
        table.add(words, seconds(taken), "; ".join(peers), "; ".join(ratios), limit, met)
    scan = by_task.get("personal data", {}).get("ours")
    if scan:
        rate = scan["answer"][1] / 1e6 / middle(scan["seconds"])
        table.add("personal-data scan, one core", f"{grouped(rate)} MB/s", "", "", "≥ 100 MB/s", rate >= 100)


def main(results_path, out):
    results, found = read(results_path)
    first, second, third, promised = (Table("ours", "peer") for _ in range(4))
    appends(first, found)
    distant(third, found)
    promises(promised, found)
    paged, missed_pages = pages(found)
    figures(second, results)
    missed = first.missed + promised.missed + missed_pages + third.missed + second.missed
    state = found.get("state", [{}])[0]
    text = f"""# The service measured

Made by `make bench` on {state.get('day', 'an unnamed day')}: {processor()}, {state.get('system', '')}. Client and server share
the machine, on the loopback address; medians, with the range of the repeats in brackets. Load average when it began: {state.get('load', 'unknown')}.

{told(missed)}
{notes(found, 'Not measured or to be known:')}
## Appends

An append is answered when it is durable (`synchronous = FULL`). Both rates of a line come from the same run, in turn. SQLite
alone puts the same rows into a table of the same columns and indexes, in transactions of 10,000, and does nothing else; the
server also reads JSON, keeps the journeys' and promises' views in the same transaction and follows them for its pages.

{first.text()}

## Promises

The time of `throughline calendars close`, from the first promise read to the last one stored and durable: a third of the promises
stand still, every date moves, each run closes one day more.

{promised.text()}

## Pages

Times from the request to the last byte, one visitor at a time. Every view has a filter nobody used before, so that it is
computed, except *seen before*. The bar is held against the service that is slowest to show.
{paged}

## Analyses beyond memory

Two ClickHouse servers and a ZooKeeper on the same machine, `throughline` asking over HTTP; the time of the map is of the
whole command, from its start to its last byte.

{third.text()}

## Statistics

{second.text()}

The peers had the same numbers; answers are compared. “… by sorting” is what a full sort costs, and no bar.
"""
    return end(out, text, missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
