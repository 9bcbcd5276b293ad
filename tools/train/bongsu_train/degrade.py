"""What cameras and weather do to pictures: copies for training. All take and give uint8 BGR; `random` decides how strong."""
import cv2
import numpy as np


def dark(picture: np.ndarray, random: np.random.Generator) -> np.ndarray:
    gain = random.uniform(0.25, 0.7)
    noisy = picture.astype(np.float32) * gain + random.normal(0, random.uniform(2, 8), picture.shape)
    return np.clip(noisy, 0, 255).astype(np.uint8)


def noise(picture: np.ndarray, random: np.random.Generator) -> np.ndarray:
    return np.clip(picture + random.normal(0, random.uniform(4, 18), picture.shape), 0, 255).astype(np.uint8)


def blur(picture: np.ndarray, random: np.random.Generator) -> np.ndarray:
    return cv2.GaussianBlur(picture, (0, 0), random.uniform(0.6, 2.2))


def compression(picture: np.ndarray, random: np.random.Generator) -> np.ndarray:
    _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, int(random.integers(12, 45))])
    return cv2.imdecode(data, cv2.IMREAD_COLOR)


def scale(picture: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Fewer pixels, brought back to size: a far or cheap camera."""
    height, width = picture.shape[:2]
    factor = random.uniform(0.25, 0.6)
    small = cv2.resize(picture, (max(8, int(width * factor)), max(8, int(height * factor))), interpolation=cv2.INTER_AREA)
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)


def rain(picture: np.ndarray, random: np.random.Generator) -> np.ndarray:
    height, width = picture.shape[:2]
    drops = np.zeros((height, width), np.float32)
    lean = random.uniform(-0.3, 0.3)
    for _ in range(int(random.integers(60, 250))):
        x, y, length = random.integers(0, width), random.integers(0, height), random.uniform(0.03, 0.1) * height
        cv2.line(drops, (int(x), int(y)), (int(x + lean * length), int(y + length)), float(random.uniform(0.2, 0.6)), 1)
    veil = cv2.GaussianBlur(drops, (0, 0), 0.8)[:, :, None]
    return np.clip(picture * (1 - 0.5 * veil) + 200 * 0.5 * veil, 0, 255).astype(np.uint8)


def light(picture: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Another white balance, gain and gamma."""
    values = (picture / 255.0) ** random.uniform(0.75, 1.35) * random.uniform(0.88, 1.12, 3) * random.uniform(0.85, 1.15)
    return np.clip(values * 255, 0, 255).astype(np.uint8)


ALL = (dark, noise, blur, compression, scale, rain, light)


def any_of(picture: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """One or two of them, in random order."""
    for index in random.permutation(len(ALL))[: int(random.integers(1, 3))]:
        picture = ALL[index](picture, random)
    return picture
