"""Feature spaces for golden/<version>/feature_spaces/. Run on TensorFlow, which all of them compute on.

`features` are kinds by their names, or a method of FeatureSpace with what it is given; with `layer` a layer of Keras and
its options. A cross is a list of names, or what `FeatureSpace.cross` is given.
"""

from dataclasses import dataclass, field

WORDS = ["oslo", "lima", "oslo", "rome", "bern", "lima", "oslo", "ÄÖ"]


def column(rows, make):
    return [make(n) for n in range(rows)]


def table(rows=8):
    """Columns of any length, with no order in them."""
    return {
        "age": column(rows, lambda n: (n * 37 % 101) / 4),
        "city": column(rows, lambda n: WORDS[n * 5 % len(WORDS)]),
        "id": column(rows, lambda n: (n * n * 7919) % 23),
        # Keras 3.6 makes int64 of what it discretizes here.
        "size": column(rows, lambda n: float(n * 53 % 89 // 3 - 10)),
    }


@dataclass
class Space:
    id: str
    features: dict
    adapt: dict | None
    """What it is adapted to; None where there is nothing to learn."""
    data: dict
    """What it is called on then."""
    sample: dict
    """A single sample, which it is called on too."""
    options: dict = field(default_factory=dict)
    batch: int | None = None
    """In batches of how many rows it is adapted; None: one row at a time."""
    file: bool = False
    """Whether it is saved, too."""
    until: tuple = (4, 0)


BY_NAME = {
    "a": "float",
    "b": "float_rescaled",
    "c": "float_normalized",
    "d": "float_discretized",
    "e": "integer_categorical",
    "f": "string_categorical",
    "g": "integer_hashed",
    "h": "string_hashed",
}
OF = {"a": "age", "b": "size", "c": "age", "d": "size", "e": "id", "f": "city", "g": "id", "h": "city"}


def by_name(rows=8):
    columns = table(rows)
    return {name: columns[of] for name, of in OF.items()}


def first(data):
    return {name: values[0] for name, values in data.items()}


UNSEEN = {**table(3), "city": ["bern", "nowhere", "oslo"], "id": [2, 999, 0]}

SPACES = [
    Space("kinds_by_name", BY_NAME, by_name(), by_name(3), first(by_name()), {"crosses": [["e", "f"], ["h", "g"]]}, file=True),
    Space(
        "sizes",
        {n: BY_NAME[n] for n in "dfgh"},
        {n: by_name(70)[n] for n in "dfgh"},
        {n: by_name(5)[n] for n in "dfgh"},
        {n: by_name(1)[n][0] for n in "dfgh"},
        {"crosses": [["f", "g"]], "crossing_dim": 7, "hashing_dim": 5, "num_discretization_bins": 4, "name": "mine"},
    ),
    Space(
        "options",
        {
            "age": ["float_rescaled", {"scale": 0.25, "offset": -1.5}],
            "city": ["string_categorical", {"max_tokens": 4, "num_oov_indices": 2, "name": "town"}],
            "id": ["integer_hashed", {"num_bins": 6}],
            "size": ["float_discretized", {"num_bins": 3, "name": "width"}],
        },
        table(70),
        UNSEEN,
        first(UNSEEN),
        {"output_mode": "dict", "crosses": [{"feature_names": ["id", "city"], "crossing_dim": 9}]},
        file=True,
    ),
    Space(
        "integers",
        {
            "age": ["float_normalized", {"name": "years"}],
            "city": ["string_hashed", {"num_bins": 11, "output_mode": "int"}],
            "id": ["integer_categorical", {"max_tokens": 9, "output_mode": "int"}],
            "size": ["float_discretized", {"num_bins": 5, "output_mode": "int"}],
        },
        table(40),
        UNSEEN,
        first(UNSEEN),
        {
            "output_mode": "dict",
            "crosses": [{"feature_names": ["city", "id"], "crossing_dim": 13, "output_mode": "int"}, ["id", "size"]],
        },
    ),
    Space(
        "batches",
        {"age": "float_normalized", "city": "string_categorical", "size": ["float_discretized", {"num_bins": 6}]},
        {n: table(50)[n] for n in ("age", "city", "size")},
        {n: UNSEEN[n] for n in ("age", "city", "size")},
        {n: UNSEEN[n][0] for n in ("age", "city", "size")},
        batch=20,
    ),
    Space(
        "columns",
        {"age": ["float_normalized", {}], "size": ["float", {}]},
        {"age": [[x] for x in table(9)["age"]], "size": [[x] for x in table(9)["size"]]},
        {"age": [[1.5], [2.0]], "size": [[-0.5], [7.0]]},
        {"age": 3.0, "size": 4.5},
        batch=4,
    ),
    Space(
        "nothing_to_learn",
        {"age": "float", "city": ["string_hashed", {"num_bins": 4}], "id": "integer_hashed"},
        None,
        {n: UNSEEN[n] for n in ("age", "city", "id")},
        {n: UNSEEN[n][0] for n in ("age", "city", "id")},
        {"crosses": [["city", "id"]]},
    ),
    Space(
        "own_layers",
        {
            "age": {"dtype": "float32", "layer": ["Normalization", {"mean": 3.5, "variance": 2.25}], "output_mode": "float"},
            "city": {"dtype": "string", "layer": ["TextVectorization", {"output_sequence_length": 2}], "output_mode": "int"},
            "id": {"dtype": "int32", "layer": ["CategoryEncoding", {"num_tokens": 23, "output_mode": "one_hot"}], "output_mode": "float"},
        },
        {n: table(20)[n] for n in ("age", "city", "id")},
        {"age": [0.5, 1.0], "city": ["oslo lima", "nowhere"], "id": [3, 22]},
        {"age": 0.5, "city": "rome", "id": 3},
        {"output_mode": "dict"},
        file=True,
    ),
]
