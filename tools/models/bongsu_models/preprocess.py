"""Picture -> network input, as the recipe's "input" section says."""
import numpy as np


def tensor(bgr: np.ndarray, rules: dict) -> np.ndarray:
    """bgr: (H, W, 3) uint8 of the network's size. Returns (1, 3, H, W) in the type the model takes."""
    picture = bgr if rules["channels"] == "BGR" else bgr[:, :, ::-1]
    planar = picture.transpose(2, 0, 1)[None]
    mean = np.array(rules["mean"], np.float32).reshape(1, 3, 1, 1)
    scale = np.array(rules["scale"], np.float32).reshape(1, 3, 1, 1)
    return np.ascontiguousarray((planar.astype(np.float32) - mean) * scale)
