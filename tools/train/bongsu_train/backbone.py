"""Inner layers of an installed network as features of pictures: the same cut that a recipe with a head installs."""
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import cv2
import numpy as np

from .errors import TrainError

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "models"))

from bongsu_models import cache, preprocess, recipe, selftest, variants  # noqa: E402
from bongsu_models.convert import lower  # noqa: E402
from bongsu_models.errors import ModelError  # noqa: E402


class Backbone:
    """Cuts the network of `folder`/recipe.json at its convert.outputs and runs it at the size of its first variant."""

    def __init__(self, folder: Path) -> None:
        try:
            item = recipe.read(folder)
            root = cache.root()
            variant = item.content["variants"][0]
            self.size = (variant["width"], variant["height"])
            model = lower.to_onnx(variants.read_graph(item, root), item.content["convert"]["outputs"], self.size[::-1], item.name)
            runtime = selftest.load_runtime(root)
        except (ModelError, OSError) as error:
            raise TrainError(f"{error}. Run tools/models/fetch_models first") from error
        self._rules = item.content["input"]
        with tempfile.NamedTemporaryFile(suffix=".onnx") as file:
            file.write(model.SerializeToString())
            file.flush()
            self._session = runtime.session(Path(file.name))
        self.names = sorted(item.content["convert"]["outputs"])

    def maps(self, picture: np.ndarray) -> dict[str, np.ndarray]:
        """picture: BGR of any size, stretched. (1, channels, rows, columns) of each cut."""
        stretched = cv2.resize(picture, self.size, interpolation=cv2.INTER_AREA)
        return self._session.run(preprocess.tensor(stretched, self._rules))

    def pooled(self, pictures: Iterable[np.ndarray]) -> np.ndarray:
        """(pictures, numbers): means, then maxima, of every channel of each cut in order of names: as heads.write pools."""
        rows = []
        for picture in pictures:
            maps = self.maps(picture)
            rows.append(np.concatenate([f(maps[n][0], axis=(1, 2)) for n in self.names for f in (np.mean, np.max)]))
        return np.stack(rows).astype(np.float32)
