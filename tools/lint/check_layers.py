#!/usr/bin/env python3
"""Checks every #include against layers.txt: a folder of src/ includes only itself and folders of lower lines.

Tests may also include siblings and everything below them (a client against the simulator), never what lies above.
Third-party headers that belong to few folders are listed in RESTRICTED.
"""

import re
import sys

from sources import ROOT, modules, report, tracked

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')

# header prefix -> folders that may include it (everyone else goes through their interfaces)
RESTRICTED = {
    "boost/beast": {"net"},
    "boost/asio": {"net", "ingest", "camsim"},
    "libav": {"media", "camsim", "ingest", "annotation", "eval"},
    "libsw": {"media", "ingest", "annotation"},
    "soci/": {"store", "incidents"},
    "sqlite3": {"store"},
}


def read_layers() -> dict[str, int]:
    """Folder name -> number of its line, lowest first."""
    layers: dict[str, int] = {}
    lines = (ROOT / "layers.txt").read_text().splitlines()
    for number, line in enumerate(line for line in lines if line.strip() and not line.startswith("#")):
        for folder in line.split():
            if folder in layers:
                sys.exit(f"layers.txt: '{folder}' is named twice")
            layers[folder] = number
    return layers


def is_test(path) -> bool:
    return path.stem.endswith("_test") or "testing" in path.parts


def forbidden_folder(own: str, other: str, layers: dict[str, int], test: bool) -> str | None:
    """Why `own` may not include a header of `other`, or None."""
    if own == other:
        return None
    if other not in layers:
        return f"includes '{other}/', which is not in layers.txt"
    if layers[other] > layers[own]:
        return f"includes '{other}/', which lies above '{own}' in layers.txt"
    if layers[other] == layers[own] and not test:
        return f"includes its sibling '{other}/'; let them meet through domain/ or an interface of '{own}'"
    return None


def check_file(path, layers: dict[str, int]) -> list[str]:
    own = path.parts[1]
    problems = []
    for number, line in enumerate((ROOT / path).read_text(errors="replace").splitlines(), start=1):
        match = INCLUDE.match(line)
        if not match:
            continue
        quote, header = match.groups()
        if quote == '"':
            if "/" not in header:
                problems.append(f'{path}:{number}: write the include from src/: "{own}/.../{header}"')
                continue
            reason = forbidden_folder(own, header.split("/")[0], layers, is_test(path))
            if reason:
                problems.append(f"{path}:{number}: {reason}")
        for prefix, folders in RESTRICTED.items():
            if header.startswith(prefix) and own not in folders and not is_test(path):
                problems.append(f"{path}:{number}: <{prefix}...> belongs to {', '.join(sorted(folders))} only")
    return problems


def main() -> int:
    layers = read_layers()
    problems = [f"src/{name} is not in layers.txt" for name in modules() if name not in layers]
    for path in tracked("src/*.hpp", "src/*.cpp"):
        if path.parts[1] in layers:
            problems += check_file(path, layers)
    return report("layers", problems)


if __name__ == "__main__":
    sys.exit(main())
