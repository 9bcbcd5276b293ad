"""Where the films of the evaluation are kept, and how their making fails."""

import os
import pathlib


class FilmError(Exception):
    """Something that the user can put right; the message says what and how."""


def cache_folder() -> pathlib.Path:
    base = os.environ.get("BONGSU_CACHE") or pathlib.Path.home() / ".cache" / "bongsu"
    return pathlib.Path(base) / "eval"
