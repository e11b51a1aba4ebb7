"""The titles of the shipped services, read from their definitions."""

from __future__ import annotations

import re

from server import SERVICES


def titles(language: str) -> dict[str, str]:
    found = {}
    for path in sorted(SERVICES.glob("*.yaml")):
        text = path.read_text()
        service = re.search(r"^service: *(\S+)", text, re.M).group(1)
        line = re.search(r"^title: *\{(.*)\}", text, re.M).group(1)
        found[service] = re.search(rf"\b{language}: *\"?([^,\"}}]+)", line).group(1).strip()
    return found
