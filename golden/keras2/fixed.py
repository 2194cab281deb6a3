"""What is the same in every run: functions without the path of the file that they stand in."""

import types


def function(text, **names):
    """A Python function of a text, whose code says nothing of where it was made."""
    code = compile(text, "golden", "eval")
    made = eval(code, {"__name__": "golden", **names})
    assert isinstance(made, types.FunctionType)
    return made
