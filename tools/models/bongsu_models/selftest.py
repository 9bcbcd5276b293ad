"""Runs a model on the synthetic picture and compares with the recipe's expected digests."""
from pathlib import Path

from . import pattern, preprocess
from .errors import ModelError
from .ort import Runtime


def load_runtime(root: Path) -> Runtime:
    library = root / "onnxruntime" / "lib" / "libonnxruntime.so.1"
    if not library.is_file():
        raise ModelError(f"{library} is missing: the recipe 'onnxruntime' must be installed first (tools/models/fetch_models)")
    return Runtime(library)


def digests(runtime: Runtime, model: Path, rules: dict, variant: dict) -> dict[str, dict]:
    session = runtime.session(model)
    picture = pattern.picture(variant["height"], variant["width"])
    outputs = session.run(preprocess.tensor(picture, rules))
    session.close()
    return {name: pattern.digest(array) for name, array in outputs.items()}


def head_digests(runtime: Runtime, model: Path, count: int) -> dict[str, dict]:
    """Of a network that takes `count` numbers, shape (1, count)."""
    session = runtime.session(model)
    outputs = session.run(pattern.numbers(count)[None])
    session.close()
    return {name: pattern.digest(array) for name, array in outputs.items()}


def worst_difference(expected: dict[str, dict], found: dict[str, dict]) -> float:
    if expected.keys() != found.keys():
        return float("inf")
    return max(pattern.difference(expected[name], found[name]) for name in expected)
