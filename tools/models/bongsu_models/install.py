"""Turns a recipe's source files into the installed folder that the C++ program reads."""
import json
import os
import shutil
from pathlib import Path

from . import cache, sources
from .errors import ModelError
from .recipe import Recipe

DESCRIPTION = "model.json"


def is_current(recipe: Recipe, root: Path) -> bool:
    """Cheap: compares the recipe's digest and the sizes of files, not their content."""
    try:
        description = json.loads((root / recipe.name / DESCRIPTION).read_text())
        return description["recipe_digest"] == recipe.digest() and all(
            (root / recipe.name / f["file"]).stat().st_size == f["bytes"] for f in description["files"])
    except (OSError, ValueError, KeyError):
        return False


def damaged_files(recipe: Recipe, root: Path) -> list[str]:
    """Thorough: files of an installed recipe whose content is not what was installed."""
    folder = root / recipe.name
    description = json.loads((folder / DESCRIPTION).read_text())
    return [f["file"] for f in description["files"] if cache.sha256(folder / f["file"]) != f["sha256"]]


def install(recipe: Recipe, root: Path, say) -> None:
    with cache.replacing(root / recipe.name) as folder:
        if recipe.kind == "files":
            content = {}
            _place_files(recipe, root, folder)
        elif recipe.kind == "head":
            content = _place_head(recipe, root, folder)
        else:
            content = _build_variants(recipe, root, folder, say)
        content.update(name=recipe.name, recipe_digest=recipe.digest(), licence=recipe.content["licence"])
        content["files"] = [_entry(folder, p) for p in sorted(folder.rglob("*")) if p.is_file()]
        (folder / DESCRIPTION).write_text(json.dumps(content, indent=1) + "\n")


def _entry(folder: Path, path: Path) -> dict:
    return {"file": str(path.relative_to(folder)), "bytes": path.stat().st_size, "sha256": cache.sha256(path)}


def _place_files(recipe: Recipe, root: Path, folder: Path) -> None:
    for source in recipe.sources:
        for wanted in filter(sources.applies, source.files):
            target = folder / (wanted.target or Path(wanted.path).name)
            target.parent.mkdir(parents=True, exist_ok=True)
            origin = sources.path_of(root, source.package, wanted)
            try:
                os.link(origin, target)
            except OSError:
                shutil.copyfile(origin, target)


def _place_head(recipe: Recipe, root: Path, folder: Path) -> dict:
    """Kept weights of their own: one file, one variant, numbers in instead of a picture."""
    from . import selftest

    variant = recipe.content["variants"][0]
    try:
        shutil.copyfile(recipe.folder / recipe.content["head"], folder / variant["file"])
    except OSError as error:
        raise ModelError(f"{recipe.name}: {error}") from error
    _check(recipe, variant, selftest.head_digests(selftest.load_runtime(root), folder / variant["file"], variant["numbers"]))
    return {"variants": recipe.content["variants"]}


def _check(recipe: Recipe, variant: dict, found: dict[str, dict]) -> None:
    from . import selftest

    worst = selftest.worst_difference(variant["expected"], found)
    if worst > variant["tolerance"]:
        raise ModelError(f"{recipe.name}/{variant['file']}: the self-test differs by {worst:.2g} (allowed "
                         f"{variant['tolerance']:g}) from what the recipe expects; nothing was installed")


def _build_variants(recipe: Recipe, root: Path, folder: Path, say) -> dict:
    from . import selftest, variants  # numpy and onnx are slow to import; the usual run never gets here

    runtime = selftest.load_runtime(root)
    graph = variants.read_graph(recipe, root)
    built = []
    for variant in recipe.content["variants"]:
        say(f"converting {variant['file']}")
        (folder / variant["file"]).write_bytes(variants.build(recipe, graph, variant).SerializeToString())
        found = selftest.digests(runtime, folder / variant["file"], recipe.content["input"], variant)
        _check(recipe, variant, found)
        built.append(variant)
    return {"input": recipe.content["input"], "decoder": recipe.content.get("decoder", {}), "variants": built}
