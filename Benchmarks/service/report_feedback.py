"""Turns the results of a run of the feedback benchmarks into the table of Docs/Benchmarks-feedback.md; says on standard error
which bars are missed and leaves with 1 when one is.

usage: report_feedback.py RESULTS.jsonl OUT.md COMMAND
"""
import sys

from tables import Table, end, grouped, middle, notes, processor, read, seconds, span, told


def analyses(table, tasks):
    for name, words, bar in (
            ("scores and drivers", "scores and drivers: index, intervals, net mentions, top-2, LMG with rank intervals", 1.0),
            ("… the counts of every survey", "… counting every survey", None),
            ("… the forms of the seven answers", "… folding the seven answers", None),
            ("… shares of R² with rank intervals", "… LMG and 1,000 draws of ranks", None),
            ("alarms over every place", "alarms over every place", None),
            ("journey facts", "ordinal logit over journey facts, with its check", 1.0),
            ("journey facts, the first time of a snapshot", "… the first time, joining journeys with their events", None)):
        one = tasks.get(name)
        if not one:
            continue
        size = one["answer"][0] if name in ("scores and drivers", "journey facts") and one["answer"] else None
        met = None if bar is None else bool(one["answer"]) and middle(one["seconds"]) < bar
        table.add(
            words + (f", {grouped(size)}" if size else ""), f"{span(one['seconds'], seconds)} wall",
            f"{span(one['cpu'], seconds)} processor", "", "" if bar is None else f"< {bar:.0f} s", met)
    both = [tasks.get("scores and drivers"), tasks.get("journey facts")]
    if all(both):
        whole = sum(middle(one["seconds"]) for one in both)
        cpu = sum(middle(one["cpu"]) for one in both)
        table.add("all of it, one after the other", f"{seconds(whole)} wall", f"{seconds(cpu)} processor", "", "< 1 s",
                  whole < 1)


def reports(table, found):
    for one in found.get("report served", []):
        table.add(
            f"{one['format']}, from the running server ({one['files']} files, {one['bytes'] / 1e6:.1f} MB)",
            seconds(one["ms"] / 1000), "", "", "< 3 s", one["ms"] < 3000)
    for one in found.get("report command", []):
        table.add(
            f"{one['format']}, `throughline feedback report`, which reads the record first",
            seconds(one["seconds"]), f"{seconds(one['cpu'])} processor", "", "< 3 s", one["seconds"] < 3)
    for one in found.get("report page", []):
        table.add("the page of what is missing", seconds(one["ms"] / 1000))
        table.add("the page of scores", seconds(one["scores_ms"] / 1000))
        table.add("the server ready again over this record", seconds(one["start_seconds"]),
                  f"at most {grouped(one['memory'])} MiB" if one.get("memory") else "")


def responses(table, found):
    hello = found.get("responses hello", [None])[0]
    for kind, words in (("seven", "seven items, every tenth with words"), ("kiosk", "one face")):
        one = found.get(f"responses {kind}", [None])[0]
        if not hello or not one:
            continue
        ratios = [a / b for a, b in zip(one["rates"], hello["rates"])]
        table.add(
            f"{words}: one a request, 64 connections", f"{span(one['rates'], grouped)}/s",
            f"GET /health {span(hello['rates'], grouped)}/s", span(ratios, lambda r: f"{r:.0%}"), "≥ 35 %",
            middle(ratios) >= 0.35)
        table.add(
            "… wait", f"p50 {middle(one['p50_ms']):.1f} ms, p99 {span(one['p99_ms'], lambda v: f'{v:.1f}')} ms",
            f"GET /health p99 {span(hello['p99_ms'], lambda v: f'{v:.1f}')} ms", "", "p99 < 25 ms",
            middle(one["p99_ms"]) < 25)
        table.add(
            "… processor of the server a request", f"{middle(one['cpu_us']):.0f} µs",
            f"GET /health {middle(hello['cpu_us']):.0f} µs", f"{middle(one['cpu_us']) / middle(hello['cpu_us']):.1f}×")
    for one in found.get("responses stored", []):
        table.add("acknowledged is stored", f"{grouped(one['acknowledged'])} acknowledged, {grouped(one['stored'])} stored, "
                  f"{grouped(one['distinct'])} distinct, {grouped(one['refused'])} refused", "", "", "all, once", one["whole"])


def wall(table, found):
    for one in found.get("wall", []):
        if one["p99_ms"] is None:
            table.add("press to screen", "no board came", "", "", "p99 < 1 s", False)
            continue
        table.add(
            f"press to screen, {one['screens']} screens, {one['rate']:.0f} presses/s from {one['kiosks']} kiosks",
            f"p50 {one['p50_ms']:.0f} ms, p99 {one['p99_ms']:.0f} ms, most {one['most_ms']:.0f} ms",
            f"server at {one['cpu_share']:.0%} of one core", "", "p99 < 1 s", one["p99_ms"] < 1000)
        table.add(
            "every press on every screen, stored once",
            f"{grouped(one['presses'])} pressed, {grouped(one['stored'])} stored, {grouped(one['distinct'])} distinct, "
            f"{grouped(one['unseen'])} unseen, {grouped(one['refused'])} refused", "", "", "all, once", one["whole"])


def surge(table, found):
    for one in found.get("surge", []):
        table.add(
            f"{grouped(one['responses'])} responses, 8 senders, {grouped(one['requests'])} requests of 1–200",
            f"{grouped(one['rate'])}/s, {one['seconds']:.0f} s; a request p50 {one['p50_ms']:.0f} ms, p99 {one['p99_ms']:.0f} ms",
            f"{one['cpu']:.0f} s processor, at most {grouped(one['memory'])} MiB")
        table.add(
            "nothing lost, nothing twice",
            f"{grouped(one['acknowledged'])} acknowledged, {grouped(one['stored'])} stored, {grouped(one['distinct'])} "
            f"distinct; {grouped(one['repeated'])} requests sent twice gave {grouped(one['duplicates'])} duplicates, "
            f"{grouped(one['refused'])} refused", "", "", "all, once", one["whole"])
    for one in found.get("surge rebuilt", []):
        table.add("views rebuilt from the record are what they were", one["said"], "", "", "equal", one["whole"])


def main(path, out, command):
    results, found = read(path)
    tasks = {one["task"]: one for one in results if "task" in one}
    tables = {}
    for name, fill in (("analyses", lambda t: analyses(t, tasks)), ("reports", lambda t: reports(t, found)),
                       ("responses", lambda t: responses(t, found)), ("wall", lambda t: wall(t, found)),
                       ("surge", lambda t: surge(t, found))):
        tables[name] = Table("measured", "beside")
        fill(tables[name])
    missed = [one for table in tables.values() for one in table.missed]
    state = found.get("state", [{}])[0]
    text = f"""# Feedback measured

Made by `{command}` on {state.get('day', 'an unnamed day')}: {processor()}, {state.get('system', '')}. Client and server share
the machine, on the loopback address; medians, with the range of the repeats in brackets. Load average when it began:
{state.get('load', 'unknown')} on {state.get('cores', 'unknown')} cores. Processor seconds stand beside wall seconds, and rates beside
the same server's plainest answer in the same run, so that a busy machine can be told from slow code.

{told(missed)}
{notes(found, 'To be known:')}
## Scores and drivers

A year of answers at 40 places in columns (six of ten to the seven items, four to trust by thumbs with what lay behind it); as
many rated journeys with their events. Every figure is computed anew.

{tables['analyses'].text()}

## A quarter's report

Over the responses of the surge below: both versions of the survey, header, detail, upload, published layout and JSON.

{tables['reports'].text()}

## Durable responses

A response is answered when it is durable (`synchronous = FULL`); callers who come while a commit is under way share the next.

{tables['responses'].text()}

## The wall

Registered kiosks press, a request each; every screen is a signed-in viewer's line of server-sent events. A press is on a
screen with the first board that counts it.

{tables['wall'].text()}

## A day's surge

A day's arrivals with two peaks, sent as fast as they are taken; every twentieth request is sent twice.

{tables['surge'].text()}

## Beside LimeSurvey

Not measured. Debian has PHP 8.2 and MariaDB 10.11, but no package of LimeSurvey; PyPI has clients of its interface, not the
program. Its own site and repository can't be reached from the machine this was made on.
"""
    return end(out, text, missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else "make bench"))
