"""The one error that `train` prints without a traceback: it says what failed, on which object, and what to do."""


class TrainError(Exception):
    pass
