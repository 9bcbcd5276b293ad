"""Stories that are played in the empty scene of the pedestrian film. A story is a module with one class of its name, made with
the Cast; picture(second) gives a picture of the film's size."""

import importlib

import cv2

from staged.figures import Cast  # noqa: F401

cv2.setNumThreads(1)  # films are made beside each other


def story(name, cast):
    return getattr(importlib.import_module(f"staged.{name}"), name.capitalize())(cast)
