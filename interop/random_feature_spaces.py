"""Random feature spaces from a seed: kinds of features with options, crosses, and columns for them."""

import random

from cases.feature_spaces import Space, first

WORDS = ["oslo", "lima", "rome", "bern", "ÄÖ", "x y", "Oslo", "42"]
COLUMNS = {
    "float": lambda rng: round(rng.uniform(-20, 60), 2),
    "integer": lambda rng: rng.randrange(40) ** 2 % 97,
    "string": lambda rng: rng.choice(WORDS),
    # Where a space calls it, a Discretization of int64 (as 3.6 makes it) sees only the whole part.
    "float_discretized": lambda rng: float(rng.randrange(-30, 60)),
}
KINDS = {
    "float": lambda rng: {},
    "float_rescaled": lambda rng: {"scale": rng.choice([0.25, 2.0]), "offset": rng.choice([0.0, -1.5])},
    "float_normalized": lambda rng: {},
    "float_discretized": lambda rng: {"num_bins": rng.randint(2, 9), "output_mode": "one_hot"},
    "integer_categorical": lambda rng: lookup(rng),
    "string_categorical": lambda rng: lookup(rng),
    "integer_hashed": lambda rng: {"num_bins": rng.randint(2, 9), "output_mode": "one_hot"},
    "string_hashed": lambda rng: {"num_bins": rng.randint(2, 9), "output_mode": "one_hot"},
}


def lookup(rng):
    return {
        "max_tokens": rng.choice([None, rng.randint(4, 8)]),
        "num_oov_indices": rng.randint(1, 3),
        "output_mode": "one_hot",
    }


def build(seed):
    """A space that depends on nothing but the seed, with what it is adapted to and called on."""
    rng = random.Random(seed)
    output_mode = rng.choice(["concat", "concat", "dict"])
    kinds = {f"{letter}{n}": rng.choice(list(KINDS)) for n, letter in enumerate(rng.sample("abcxyz", rng.randint(2, 5)))}
    features = {name: feature(rng, kind, output_mode) for name, kind in kinds.items()}
    options = {"output_mode": output_mode, "crosses": crosses(rng, kinds, output_mode)}
    for name in ("crossing_dim", "hashing_dim", "num_discretization_bins"):
        if rng.random() < 0.5:
            options[name] = rng.randint(2, 12)
    data = table(rng, kinds, rng.randint(1, 6))
    learned = any(kind.split("_")[-1] in ("normalized", "discretized", "categorical") for kind in kinds.values())
    return Space(
        f"feature_space_{seed}",
        features,
        table(rng, kinds, rng.choice([5, 40, 90])) if learned else None,
        data,
        first(data),
        options,
        batch=rng.choice([None, 16]),
        file=True,
    )


def feature(rng, kind, output_mode):
    if rng.random() < 0.4:
        return kind
    options = KINDS[kind](rng)
    if "output_mode" in options and output_mode == "dict":
        options["output_mode"] = rng.choice(["one_hot", "int"])
    return [kind, options]


def crosses(rng, kinds, output_mode):
    """Of what comes out in integers."""
    able = [name for name, kind in kinds.items() if kind.split("_")[-1] in ("discretized", "categorical", "hashed")]
    if len(able) < 2 or rng.random() < 0.3:
        return []
    names = rng.sample(able, 2)
    if rng.random() < 0.5:
        return [names]
    mode = rng.choice(["one_hot", "int"]) if output_mode == "dict" else "one_hot"
    return [{"feature_names": names, "crossing_dim": rng.randint(2, 20), "output_mode": mode}]


def table(rng, kinds, rows):
    of = {name: COLUMNS.get(kind) or COLUMNS[kind.split("_")[0]] for name, kind in kinds.items()}
    return {name: [draw(rng) for _ in range(rows)] for name, draw in of.items()}
