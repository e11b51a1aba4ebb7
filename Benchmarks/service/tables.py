"""What the reports of the benchmarks have in common: the machine, tables of figures against bars, and the end of a run."""
import json
import platform
import re
import statistics
import sys


def processor():
    try:
        with open("/proc/cpuinfo") as info:
            text = info.read()
        name = re.search(r"^model name\s*:\s*(.*)$", text, re.MULTILINE).group(1)
        number = re.search(r"^model\s*:\s*(.*)$", text, re.MULTILINE).group(1)
        cores = len(re.findall(r"^processor\s*:", text, re.MULTILINE))
        return f"{re.sub(r' +', ' ', name)} (model {number}), {cores} cores"
    except (OSError, AttributeError):
        return platform.machine()


def middle(values):
    return statistics.median(values)


def grouped(number):
    return f"{number:,.0f}"


def seconds(value):
    return f"{value:.2f} s" if value >= 0.1 else f"{value * 1000:.1f} ms"


def ends(values, form=grouped):
    """The least and the largest."""
    return f"{form(min(values))}–{form(max(values))}"


def span(values, form):
    """The median and what it lies between."""
    return f"{form(middle(values))} ({ends(values, form)})"


class Table:
    """Figures beside others and against bars; what missed its bar is kept apart."""

    def __init__(self, own, other):
        self.head = f"| what | {own} | {other} | ratio | bar | met |\n|---|---|---|---|---|---|"
        self.lines = []
        self.missed = []

    def add(self, what, own, other="", ratio="", bar="", met=None):
        """`met` is None where there is no bar."""
        word = "" if met is None else "yes" if met else "**missed**"
        self.lines.append(f"| {what} | {own} | {other} | {ratio} | {bar} | {word} |")
        if met is False:
            self.missed.append(f"{what}: {own} (bar {bar})")

    def text(self):
        return "\n".join([self.head] + self.lines) if self.lines else "Not measured in this run."


def read(path):
    """Every result of a run, and those with a figure's name by it."""
    with open(path) as lines:
        results = [json.loads(line) for line in lines if line.strip()]
    found = {}
    for one in results:
        if "figure" in one:
            found.setdefault(one["figure"], []).append(one)
    return results, found


def told(missed):
    """Which bars were missed, as the page says it."""
    if not missed:
        return "Every bar that was measured is met."
    return "Bars missed in this run:\n\n" + "\n".join("- " + one for one in missed)


def notes(found, head):
    """What was left out or is to be known, under a line of its own; nothing where there is nothing."""
    lines = "".join(f"- {one['text']}\n" for one in found.get("note", []))
    return f"\n{head}\n\n{lines}" if lines else ""


def end(out, text, missed):
    """Writes and prints the page, tells what missed its bar, and gives the exit code."""
    with open(out, "w") as file:
        file.write(text)
    print(text)
    for one in missed:
        print(f"MISSED {one}", file=sys.stderr)
    return 1 if missed else 0
