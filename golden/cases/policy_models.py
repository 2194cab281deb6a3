"""Models whose layers have different dtype policies: by maps of paths, by configs, and by the policy of the program."""

import keras
from keras import layers as L

D = keras.dtype_policies


def policy_map_of_layers():
    policies = D.DTypePolicyMap("float32", {"half": D.DTypePolicy("float16"), "mixed": D.DTypePolicy("mixed_bfloat16")})
    x = keras.Input((4,), name="x")
    h = L.Dense(3, activation="tanh", name="half", dtype=policies)(x)
    h = L.Dense(4, activation="relu", name="mixed", dtype=policies)(h)
    return keras.Model(x, [h, L.Dense(2, name="plain", dtype=policies)(h)], name="by_layer")


def policy_map_of_expressions():
    policies = D.DTypePolicyMap("mixed_float16", {"block_[0-9]+_norm": D.DTypePolicy("float32"), "head": D.DTypePolicy("float32")})
    x = keras.Input((5, 4), name="x")
    h = L.Conv1D(3, 2, padding="same", name="block_1_conv", dtype=policies)(x)
    h = L.LayerNormalization(name="block_1_norm", dtype=policies)(h)
    h = L.GlobalAveragePooling1D(name="mean", dtype=policies)(h)
    return keras.Model(x, L.Dense(2, activation="softmax", name="head", dtype=policies)(h), name="by_expression")


def policy_map_inside_layers():
    policies = D.DTypePolicyMap("mixed_bfloat16", {"attention/query": D.DTypePolicy("float32"), "attention/value": D.DTypePolicy("bfloat16")})
    x = keras.Input((5, 4), name="x")
    h = L.MultiHeadAttention(2, 3, name="attention", dtype=policies)(x, x)
    return keras.Model(x, L.Bidirectional(L.GRU(2, name="gru", recurrent_initializer="zeros"), name="both", dtype=policies)(h), name="inside")


def policy_map_nested():
    policies = D.DTypePolicyMap("mixed_float16", {"second": D.DTypePolicy("bfloat16")})
    y = keras.Input((3,), name="y")
    inner = keras.Model(y, L.Dense(3, name="second", dtype=policies)(L.Dense(4, name="first", dtype=policies)(y)), name="inner")
    x = keras.Input((3,), name="x")
    h = L.Add(name="sum", dtype=policies)([inner(x), x])
    return keras.Model(x, L.Dense(2, name="last", dtype=policies)(h), name="outer")


def policy_map_of_the_program():
    keras.config.set_dtype_policy(D.DTypePolicyMap("mixed_bfloat16", {"(program/)?out": D.DTypePolicy("float32")}))
    try:
        layers = [L.Input((6, 3)), L.LSTM(4, name="lstm", recurrent_initializer="zeros"), L.Dropout(0.5, name="drop"), L.Dense(2, name="out")]
        return keras.Sequential(layers, name="program")
    finally:
        keras.config.set_dtype_policy("float32")


def policies_as_configs():
    half = {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "mixed_float16"}, "registered_name": None}
    x = keras.Input((4, 4, 2), name="x")
    h = L.Conv2D(3, 2, activation="relu", name="conv", dtype=half)(x)
    h = L.BatchNormalization(name="norm", dtype="mixed_bfloat16")(h)
    return keras.Model(x, L.Dense(2, name="out", dtype="float16")(L.Flatten(name="flat", dtype=half)(h)), name="configs")


def policies_in_turn():
    x = keras.Input((4,), name="x")
    h = x
    for policy in ("mixed_float16", "bfloat16", "float16", "float32", "mixed_bfloat16"):
        h = L.Dense(4, activation="tanh", name=policy, dtype=policy)(h)
    return keras.Model(x, h, name="in_turn")


MODELS = [
    policy_map_of_layers, policy_map_of_expressions, policy_map_inside_layers, policy_map_nested, policy_map_of_the_program,
    policies_as_configs, policies_in_turn,
]  # fmt: skip
