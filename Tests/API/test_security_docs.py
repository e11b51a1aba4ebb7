"""What the security documents claim can be looked up: tests exist, files exist, NOTICE names what is built in."""

from __future__ import annotations

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
TABLE = ROOT / "Docs/Security/ASVS.md"


# How many requirements of level 1 and of level 2 each section of ASVS 5.0.0 has. In each, level 1 comes first, then
# level 2, then level 3, which the table leaves out (as it does sections that have nothing but level 3).
SECTIONS = {
    "1.1": (0, 2), "1.2": (5, 4), "1.3": (2, 9), "1.4": (0, 3), "1.5": (1, 1),
    "2.1": (1, 2), "2.2": (2, 1), "2.3": (1, 3), "2.4": (0, 1),
    "3.2": (2, 0), "3.3": (1, 3), "3.4": (2, 4), "3.5": (3, 2), "3.7": (0, 2),
    "4.1": (1, 2), "4.2": (0, 1), "4.3": (0, 2), "4.4": (1, 3),
    "5.1": (0, 1), "5.2": (2, 1), "5.3": (2, 0), "5.4": (0, 3),
    "6.1": (1, 2), "6.2": (8, 4), "6.3": (2, 2), "6.4": (2, 2), "6.5": (0, 5), "6.6": (0, 3), "6.8": (0, 4),
    "7.1": (0, 3), "7.2": (4, 0), "7.3": (0, 2), "7.4": (2, 3), "7.5": (0, 2), "7.6": (0, 2),
    "8.1": (1, 1), "8.2": (2, 1), "8.3": (1, 0), "8.4": (0, 1),
    "9.1": (3, 0), "9.2": (1, 3),
    "10.1": (0, 2), "10.2": (0, 2), "10.3": (0, 4), "10.4": (5, 6), "10.5": (0, 5), "10.6": (0, 2), "10.7": (0, 3),
    "11.1": (0, 2), "11.2": (0, 3), "11.3": (2, 1), "11.4": (1, 3), "11.5": (0, 1), "11.6": (0, 1),
    "12.1": (1, 2), "12.2": (2, 0), "12.3": (0, 4),
    "13.1": (0, 1), "13.2": (0, 5), "13.3": (0, 2), "13.4": (1, 4),
    "14.1": (0, 2), "14.2": (1, 3), "14.3": (1, 2),
    "15.1": (1, 2), "15.2": (1, 2), "15.3": (1, 6),
    "16.1": (0, 1), "16.2": (0, 5), "16.3": (0, 4), "16.4": (0, 3), "16.5": (0, 3),
    "17.1": (0, 1), "17.2": (0, 4), "17.3": (0, 2),
}


def known_tests() -> set[str]:
    names = set()
    for file in (ROOT / "Tests").rglob("*.swift"):
        text = file.read_text()
        names |= set(re.findall(r"@Test\b.*?\bfunc (\w+)", text, re.S))
    for file in (ROOT / "Tests").rglob("test_*.py"):
        names |= set(re.findall(r"^def (test_\w+)", file.read_text(), re.M))
    return names


def rows() -> list[tuple[str, str, str]]:
    found = []
    for line in TABLE.read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and len(cells) == 4 and re.fullmatch(r"\**\d+(\.\d+\.\d+)?\**", cells[0]):
            found.append((cells[0].strip("*"), cells[1], cells[3]))
    return found


def test_every_requirement_is_answered_and_every_named_test_exists():
    known = known_tests()
    assert len(known) > 500
    single = [row for row in rows() if "." in row[0]]
    assert len(single) > 200 and len({row[0] for row in single}) == len(single)
    problems = []
    for number, level, shown in single:
        if level not in ("1", "2"):
            problems.append(f"{number}: level {level}")
        named = [name for name in re.findall(r"`(\w+)`", shown) if not name.startswith("THROUGHLINE")]
        problems += [f"{number}: there is no test {name}" for name in named if name not in known]
        if not named and not re.match(r"(Does not apply: |Read: |\*\*Not met|Partly: )", shown):
            problems.append(f"{number}: neither a test nor a reason: {shown}")
    assert not problems, "\n".join(problems)


def test_the_table_has_the_requirements_of_the_final_text_and_no_others():
    asked = {f"{section}.{number + 1}": "1" if number < first else "2"
             for section, (first, second) in SECTIONS.items() for number in range(first + second)}
    assert (sum(first for first, _ in SECTIONS.values()), len(asked)) == (70, 253)
    held = {number: level for number, level, _ in rows() if "." in number}
    assert held == asked
    order = [tuple(map(int, number.split("."))) for number in held]
    assert order == sorted(order)


def test_every_file_the_documents_point_to_is_there():
    sources = {file.name for file in (ROOT / "Sources").rglob("*.swift")}
    problems = []
    for document in [TABLE, ROOT / "SECURITY.md", ROOT / "Docs/Operating.md"]:
        text = document.read_text()
        problems += [f"{document.name}: {name}" for name in re.findall(r"`(\w[\w+]*\.swift)`", text) if name not in sources]
        for link in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
            if not link.startswith("http") and not (document.parent / link).resolve().exists():
                problems.append(f"{document.name}: {link}")
        problems += [f"{document.name}: {place}" for place in re.findall(r"`((?:Deploy|Scripts|Docs)/[\w./-]+)`", text)
                     if not (ROOT / place).exists()]
    assert not problems, "\n".join(problems)


def test_what_is_said_not_to_be_met_is_said_at_the_top():
    text = TABLE.read_text()
    top = text[:text.index("| # |")]
    for number, _, shown in rows():
        if shown.startswith("**Not met") or shown.startswith("Partly"):
            assert number in top, number


def test_notice_names_every_dependency():
    done = subprocess.run([sys.executable, ROOT / "Scripts/licences.py"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
