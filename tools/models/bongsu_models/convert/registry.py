"""The table of operators: TensorFlow name -> function(lowering, node, inputs) -> Value or list of Values."""
OPERATORS = {}


def operator(*names):
    def register(function):
        for name in names:
            OPERATORS[name] = function
        return function
    return register
