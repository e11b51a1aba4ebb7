"""What the security documents claim can be looked up: tests exist, files exist, NOTICE names what is built in."""

from __future__ import annotations

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
TABLE = ROOT / "Docs/Security/ASVS.md"


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
