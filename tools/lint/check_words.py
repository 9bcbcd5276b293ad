#!/usr/bin/env python3
"""Words that must not stand in the repository: unfinished marks, references to a tracker, paths of one machine."""

import re
import sys

from sources import ROOT, report, tracked

FORBIDDEN = (
    (re.compile(r"\b(TODO|FIXME|XXX|HACK)\b"), "finish it or write it into docs/design/STATUS.md"),
    (re.compile(r"\bissue #?\d+", re.IGNORECASE), "say what is meant; trackers change"),
    (re.compile(r"(?<![\w.])/work/"), "a path of one machine; take it from an option or the environment"),
    (re.compile(r"(?<![\w.])/home/\w"), "a path of one machine; take it from an option or the environment"),
)
SELF = "tools/lint/check_words.py"
TEXT = {".hpp", ".cpp", ".py", ".sh", ".cmake", ".txt", ".md", ".yaml", ".yml", ".json", ".scenario", ".map", ""}


def main() -> int:
    problems = []
    for path in tracked():
        if str(path) in (SELF, "LICENSE") or path.parts[0] == "third_party" or path.suffix not in TEXT:
            continue
        if "corpus" in path.parts:
            continue
        text = (ROOT / path).read_bytes()
        if b"\0" in text:
            continue
        for number, line in enumerate(text.decode(errors="replace").splitlines(), start=1):
            for pattern, advice in FORBIDDEN:
                match = pattern.search(line)
                if match:
                    problems.append(f"{path}:{number}: '{match.group()}': {advice}")
    return report("words", problems)


if __name__ == "__main__":
    sys.exit(main())
