"""Reads models/<name>/recipe.json. A recipe names exact inputs and the checksums of what must come out of them."""
import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

from .errors import ModelError

KINDS = {"files", "model", "head"}  # head: kept weights from numbers to numbers
REQUIRED = {"name", "kind", "sources", "licence"}
KNOWN = REQUIRED | {"input", "decoder", "convert", "quantise", "variants", "optional", "head"}


@dataclass(frozen=True)
class Package:
    name: str
    version: str
    sha256: str
    megabytes: int

    @property
    def tarball(self) -> str:
        """The file name that `npm pack` gives it."""
        return f"{self.name.lstrip('@').replace('/', '-')}-{self.version}.tgz"


@dataclass(frozen=True)
class WantedFile:
    path: str  # inside the tarball
    sha256: str
    target: str = ""  # in the installed folder; kind "files" only
    machine: str = ""  # platform.machine() that needs it; empty = all


@dataclass(frozen=True)
class Source:
    package: Package
    files: tuple[WantedFile, ...]


@dataclass
class Recipe:
    folder: Path
    name: str
    kind: str
    sources: list[Source]
    content: dict = field(repr=False, default_factory=dict)

    @property
    def is_optional(self) -> bool:
        """Installed only when asked for by name, because no part of the program needs it yet."""
        return bool(self.content.get("optional", False))

    def digest(self) -> str:
        """Changes whenever the installed result could change: recipe, calibration ranges, this tool's own code."""
        parts = sorted(p for p in self.folder.glob("*.json") if p.name != "figures.json") + sorted(self.folder.glob("*.onnx"))
        if self.kind == "model":
            tool = Path(__file__).parent
            parts += sorted(tool.glob("convert/*.py")) + [tool / name for name in ("quantise.py", "half.py", "pattern.py", "head.py")]
        digest = hashlib.sha256()
        for part in parts:
            digest.update(part.name.encode() + b"\0" + part.read_bytes() + b"\0")
        return digest.hexdigest()


def read(folder: Path) -> Recipe:
    path = folder / "recipe.json"
    try:
        content = json.loads(path.read_text())
    except (OSError, ValueError) as error:
        raise ModelError(f"{path}: {error}") from error
    missing, unknown = REQUIRED - content.keys(), content.keys() - KNOWN
    if missing or unknown:
        raise ModelError(f"{path}: missing {sorted(missing)}, unknown {sorted(unknown)}")
    if content["kind"] not in KINDS:
        raise ModelError(f"{path}: kind is '{content['kind']}', must be one of {sorted(KINDS)}")
    if content["name"] != folder.name:
        raise ModelError(f"{path}: the name '{content['name']}' differs from its folder '{folder.name}'")
    if content["kind"] == "head" and not content.keys() >= {"head", "variants"}:
        raise ModelError(f"{path}: kind 'head' needs 'head' (the file of weights) and 'variants'")
    try:
        sources = [Source(Package(**s["package"]), tuple(WantedFile(**f) for f in s["files"])) for s in content["sources"]]
    except (TypeError, KeyError) as error:
        raise ModelError(f"{path}: sources: {error}") from error
    return Recipe(folder, content["name"], content["kind"], sources, content)


def read_all(models: Path) -> list[Recipe]:
    """All recipes; kind "files" first, because the self-test of models needs the runtime."""
    recipes = [read(p.parent) for p in sorted(models.glob("*/recipe.json"))]
    return sorted(recipes, key=lambda r: r.kind != "files")
