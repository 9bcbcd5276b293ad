#!/usr/bin/env python3
"""./dev new KIND NAME: copies templates/KIND into its family's folder and adds the word to the family's CMake list."""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]

# kind -> (module, family, folder of the family)
FAMILIES = {
    "behaviour": ("behaviours", "behaviours", "src/behaviours"),
    "source": ("ingest", "ingest", "src/ingest"),
    "detector": ("vision", "detectors", "src/vision/detectors"),
}


def fail(message: str) -> None:
    sys.exit(f"dev new: error: {message}")


def camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def filled(text: str, name: str) -> str:
    """The template's text with its two placeholders replaced."""
    return text.replace("template_name", name).replace("TemplateName", camel(name))


def with_word(cmake: pathlib.Path, family: str, name: str) -> str:
    """The text of the CMake file with `name` at the end of the family's list."""
    if not cmake.is_file():
        fail(f"{cmake} is missing")
    text = cmake.read_text()
    match = re.search(rf"bongsu_plugins\(\s*{family}\s+NAMES\b([^)]*?)(\s+NAMESPACE\b[^)]*)?\)", text)
    if not match:
        fail(f"{cmake} has no bongsu_plugins({family} NAMES ...)")
    separator = "\n    " if "\n" in match.group(1) else " "
    end = match.start(1) + len(match.group(1).rstrip())
    return text[:end] + separator + name + text[end:]


def main() -> None:
    if len(sys.argv) != 3 or sys.argv[1] not in FAMILIES:
        fail(f"usage: ./dev new {'|'.join(FAMILIES)} NAME")
    kind, name = sys.argv[1:]
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name):
        fail(f"'{name}' must be lower case words joined by _ , such as wrong_way")
    module, family, folder = FAMILIES[kind]
    template, target = ROOT / "templates" / kind, ROOT / folder / name
    if target.exists():
        fail(f"{target.relative_to(ROOT)} exists already")
    if not template.is_dir():
        fail(f"{template.relative_to(ROOT)} is missing")
    cmake = ROOT / "src" / module / "CMakeLists.txt"
    extended = with_word(cmake, family, name)
    target.mkdir(parents=True)
    for source in sorted(template.iterdir()):
        copy = target / filled(source.name.removesuffix(".in"), name)
        copy.write_text(filled(source.read_text(), name))
        print(f"wrote {copy.relative_to(ROOT)}")
    cmake.write_text(extended)
    print(f"added '{name}' to {cmake.relative_to(ROOT)}")
    print(f"next: ./dev build {module}_test && ./dev test {module}_test")


if __name__ == "__main__":
    main()
