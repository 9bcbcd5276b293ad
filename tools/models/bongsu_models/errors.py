"""The one error that the commands print without a traceback: it says what failed, on which object, and what to do."""


class ModelError(Exception):
    pass
