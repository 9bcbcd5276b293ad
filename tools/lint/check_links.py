#!/usr/bin/env python3
"""Links of the Markdown files to files of this repository must lead somewhere."""

import re
import sys

from sources import ROOT, report, tracked

LINK = re.compile(r"\]\(([^)#\s]+)(#[^)]*)?\)")


def main() -> int:
    problems = []
    for path in tracked("*.md"):
        for number, line in enumerate((ROOT / path).read_text().splitlines(), start=1):
            for target, _ in LINK.findall(line):
                if "://" in target or target.startswith("mailto:"):
                    continue
                if not (ROOT / path.parent / target).exists():
                    problems.append(f"{path}:{number}: nothing at '{target}'")
    return report("links", problems)


if __name__ == "__main__":
    sys.exit(main())
