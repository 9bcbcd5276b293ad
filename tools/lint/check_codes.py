#!/usr/bin/env python3
"""Codes of refusals: those of the sources are those of the contract, and the page has words for each in both languages."""

import re
import sys

from sources import ROOT, report, tracked

CONTRACT = "api/openapi.yaml"
OF_STATUSES = "src/net/problem.cpp"
WORDS = "web/src/shared/api/problemTexts.ts"


def codes_in(text: str) -> set[str]:
    """The codes that are made in a source file."""
    return set(re.findall(r'"(\w+)"_code\b', text))


def codes_of_statuses(text: str) -> set[str]:
    """The codes that a status without a better one has."""
    body = text[text.index("code_of_status") :]
    return set(re.findall(r'"([a-z_]+)"', body[: body.index("\n}\n")]))


def codes_of_contract(text: str) -> set[str]:
    """The enumeration ProblemCode."""
    found = re.search(r"^    ProblemCode:\n(?:      .*\n)*?      enum:\n((?:        - \w+\n)+)", text, re.MULTILINE)
    return set(re.findall(r"- (\w+)", found[1])) if found else set()


def languages_of(text: str) -> dict[str, set[str]]:
    """The keys of each language of a table of words."""
    parts = re.split(r"^  (\w\w): \{$", text, flags=re.MULTILINE)
    return {
        language: set(re.findall(r"^ +(\w+):", body, re.MULTILINE))
        for language, body in zip(parts[1::2], parts[2::2], strict=True)
    }


def differences(made: set[str], contract: set[str], words: dict[str, set[str]]) -> list[str]:
    problems = [f"{CONTRACT}: ProblemCode lacks '{code}', which the sources make" for code in sorted(made - contract)]
    problems += [f"{CONTRACT}: ProblemCode has '{code}', which nothing makes" for code in sorted(contract - made)]
    for language, known in words.items():
        problems += [f"{WORDS}: no words for '{code}' in {language}" for code in sorted(contract - known)]
    return problems


def main() -> int:
    made = codes_of_statuses((ROOT / OF_STATUSES).read_text())
    for path in tracked("src/*.cpp", "src/*.hpp"):
        if not path.name.endswith("_test.cpp"):
            made |= codes_in((ROOT / path).read_text())
    contract = codes_of_contract((ROOT / CONTRACT).read_text())
    words = languages_of((ROOT / WORDS).read_text())
    return report("codes", differences(made, contract, words))


if __name__ == "__main__":
    sys.exit(main())
