"""One variant of a model = one ONNX file: an input size and a precision."""
import json
from pathlib import Path

import onnx

from . import sources
from .convert import keras, lower, tfjs, tflite
from .convert.graph import SourceGraph
from .errors import ModelError
from .head import attach
from .half import store_as_half
from .quantise import quantise
from .recipe import Recipe

READERS = {"keras": keras.read, "tfjs": tfjs.read, "tflite": tflite.read}


def read_graph(recipe: Recipe, root: Path) -> SourceGraph:
    rules = recipe.content["convert"]
    source = recipe.sources[0]
    wanted = next((f for f in source.files if f.path == rules["file"]), None)
    if wanted is None:
        raise ModelError(f"{recipe.name}: convert.file '{rules['file']}' is not among the recipe's files")
    path = sources.path_of(root, source.package, wanted)
    reader = READERS[rules["from"]]
    return reader(path, tuple(rules["bytes"])) if "bytes" in rules else reader(path)


def build(recipe: Recipe, graph: SourceGraph, variant: dict) -> onnx.ModelProto:
    size = (variant["height"], variant["width"])
    model = lower.to_onnx(graph, recipe.content["convert"]["outputs"], size, recipe.name)
    if "head" in recipe.content:
        return attach(store_as_half(model), recipe.folder / recipe.content["head"])
    if variant["precision"] == "fp32":
        return store_as_half(model)
    return quantise(model, ranges(recipe))


def ranges(recipe: Recipe) -> dict[str, list[float]]:
    path = recipe.folder / recipe.content["quantise"]["ranges"]
    try:
        return json.loads(path.read_text())["ranges"]
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"{path}: {error}. Make it with tools/models/author_recipe ranges {recipe.name}") from error
