"""Which files the checks look at, and how they report."""

import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def tracked(*patterns: str) -> list[pathlib.Path]:
    """Tracked and new (not ignored) files that match the git patterns, relative to the root."""
    command = ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", *patterns]
    names = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\0")
    return sorted(path for name in set(names) if name and (ROOT / (path := pathlib.Path(name))).is_file())


def modules() -> list[str]:
    """The folders of src/ that are built."""
    return sorted(path.parent.name for path in (ROOT / "src").glob("*/CMakeLists.txt"))


def report(check: str, problems: list[str]) -> int:
    """Prints the problems; the exit code of the check."""
    for problem in problems:
        print(f"{check}: {problem}", file=sys.stderr)
    print(f"{check}: {'ok' if not problems else f'{len(problems)} problems'}")
    return 1 if problems else 0
