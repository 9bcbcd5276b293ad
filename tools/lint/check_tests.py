#!/usr/bin/env python3
"""Every folder of src/ has tests beside its code, every fuzz target has a seed corpus."""

import sys

from sources import ROOT, modules, report


def main() -> int:
    problems = []
    for name in modules():
        if not any((ROOT / "src" / name).rglob("*_test.cpp")):
            problems.append(f"src/{name} has no *_test.cpp")
    for target in sorted((ROOT / "fuzz").glob("*_fuzz.cpp")):
        corpus = ROOT / "fuzz" / "corpus" / target.stem.removesuffix("_fuzz")
        if not corpus.is_dir() or not any(corpus.iterdir()):
            problems.append(f"{target.relative_to(ROOT)} has no seeds in {corpus.relative_to(ROOT)}")
    return report("tests", problems)


if __name__ == "__main__":
    sys.exit(main())
