#!/usr/bin/env python3
"""Limits the length of source files: a note above 400 lines, an error above 600. Functions are measured by clang-tidy."""

import sys

from sources import ROOT, report, tracked

SOFT, HARD = 400, 600
PATTERNS = ("*.hpp", "*.cpp", "*.py", "*.sh", "*.cmake", "*CMakeLists.txt", "dev")


def main() -> int:
    problems = []
    for path in tracked(*PATTERNS):
        if path.parts[0] == "third_party":
            continue
        lines = len((ROOT / path).read_bytes().splitlines())
        if lines > HARD:
            problems.append(f"{path}: {lines} lines, more than {HARD}; split it by subject")
        elif lines > SOFT:
            print(f"sizes: note: {path}: {lines} lines, more than {SOFT}")
    return report("sizes", problems)


if __name__ == "__main__":
    sys.exit(main())
