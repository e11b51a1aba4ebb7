#!/usr/bin/env python3
"""Holds NOTICE against what is built in: every package of Package.resolved with its licence, and the C libraries.

usage: Scripts/licences.py [--write]    Without --write it says what differs and exits with 1.
The licences are read from the packages' own files as they were fetched (.build/checkouts).
"""

from __future__ import annotations

import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
HEAD = "Throughline is built with these packages. Each keeps its own licence, whose text comes with it."
MARK = "-" * 113

# Libraries of the system that are linked, or run as a program of their own. They are not shipped with the source.
SYSTEM = [
    ("libargon2", "passwords", "CC0-1.0 or Apache-2.0"),
    ("libcurl", "mail and webhooks", "curl"),
    ("libpq", "PostgreSQL", "PostgreSQL"),
    ("libqrencode", "posters", "LGPL-2.1-or-later"),
    ("SQLite", "the embedded database", "public domain"),
    ("zlib", "compressed logs", "Zlib"),
    ("Graphviz (a program of its own)", "journey maps", "EPL-1.0"),
    ("Swift standard library, Foundation, Dispatch", "the language", "Apache-2.0 with Swift exception"),
]

# What a package brings of others, by its own notices.
WITHIN = {
    "swift-crypto": "holds parts of BoringSSL (Apache-2.0, OpenSSL, ISC)",
    "swift-nio-ssl": "holds parts of BoringSSL (Apache-2.0, OpenSSL, ISC)",
    "swift-nio": "holds llhttp (MIT)",
    "yams": "holds LibYAML (MIT)",
}


def kind(text: str) -> str:
    plain = re.sub(r"\s+", " ", text)
    if "Apache License" in plain and "Version 2.0" in plain:
        return "Apache-2.0" + (" with Swift exception" if "Runtime Library Exception" in plain else "")
    if "Permission is hereby granted, free of charge" in plain:
        return "MIT"
    if "Redistribution and use in source and binary forms" in plain:
        return "BSD-3-Clause" if "Neither the name" in plain else "BSD-2-Clause"
    raise SystemExit("a licence that is not known here; read it and add it to Scripts/licences.py: " + plain[:200])


def packages() -> list[str]:
    pins = json.loads((ROOT / "Package.resolved").read_text())["pins"]
    lines = []
    for pin in sorted(pins, key=lambda pin: pin["identity"]):
        name = pin["location"].rstrip("/").rsplit("/", 1)[1].removesuffix(".git")
        folder = next((one for one in (ROOT / ".build/checkouts").iterdir() if one.name.lower() == name.lower()), None)
        if folder is None:
            raise SystemExit(f"{name} is not fetched; run: swift package resolve")
        texts = sorted(one for one in folder.iterdir() if re.match(r"(?i)licen[cs]e", one.name))
        if not texts:
            raise SystemExit(f"{name} has no licence file")
        note = WITHIN.get(pin["identity"])
        lines.append(f"  {name}: {kind(texts[0].read_text())}"
                     + (f"; {note}" if note else ""))
    return lines


def part() -> str:
    system = [f"  {name}, for {use}: {licence}" for name, use, licence in SYSTEM]
    return "\n".join([MARK, HEAD, "", *packages(), "", "and with these of the system:", "", *system, ""])


def main() -> None:
    place = ROOT / "NOTICE"
    text = place.read_text()
    at = text.find(MARK + "\n" + HEAD)
    kept = (text if at < 0 else text[:at]).rstrip("\n") + "\n\n"
    wanted = kept + part()
    if wanted == text:
        print(f"NOTICE names all {len(packages())} packages and {len(SYSTEM)} libraries.")
    elif "--write" in sys.argv:
        place.write_text(wanted)
        print("NOTICE written.")
    else:
        raise SystemExit("NOTICE is not what is built in; run: Scripts/licences.py --write")


main()
