"""Random models of TensorFlow's own Keras from a seed, as random_models.py makes those of Keras 3."""

import random

import tensorflow as tf

import random_tf_layers
from random_layers import pick, structure
from random_tf_operations import OPERATIONS

K, L = tf.keras, tf.keras.layers


def build(seed):
    """A model that depends on nothing but the seed, and what compiles it."""
    rng = random.Random(seed)
    return sequential(rng, seed) if rng.random() < 0.2 else functional(rng, seed), rng


def usable(tensor):
    """Whether the graph may go on from a tensor: a batch of float32, its other dimensions known, and not many."""
    if not hasattr(tensor, "shape") or tensor.shape.rank is None or tensor.shape.rank < 2 or tensor.dtype != "float32":
        return False
    batch, *rest = tensor.shape
    size = 1
    for d in rest:
        size *= d or 0
    return batch is None and 0 < size <= 800


def source(rng, name):
    """An input tensor, and the float tensor that graphs go on from."""
    kind = rng.choice(["vector", "sequence", "image", "tokens", "volume", "open"])
    if kind == "vector":
        x = K.Input((rng.randint(2, 6),), name=name)
    elif kind == "image":
        x = K.Input((rng.randint(4, 6), rng.randint(4, 6), rng.randint(1, 3)), name=name)
    elif kind == "volume":
        x = K.Input((2, 3, 3, 2), name=name)
    elif kind == "sequence":
        x = K.Input((rng.randint(3, 6), rng.randint(2, 4)), name=name)
    elif kind == "open":
        x = K.Input((None, rng.randint(2, 4)), name=name)
        return x, random_tf_layers.recurrent(rng, x)(x)
    else:
        x = K.Input((rng.randint(3, 6),), dtype=rng.choice(["int32", "int64", "float32"]), name=name)
        return x, L.Embedding(10, rng.randint(2, 4), mask_zero=rng.random() < 0.6)(x)
    return x, x


def inner_model(rng, tensor, name):
    """A model to be nested, whose input fits the tensor."""
    if rng.random() < 0.5:
        first = [L.InputLayer(tensor.shape[1:])] if rng.random() < 0.5 else []
        given = {} if first else {"input_shape": tensor.shape[1:]}
        return K.Sequential([*first, L.Dense(rng.randint(1, 4), activation="relu", **given), L.LayerNormalization()], name=name)
    x = K.Input(tensor.shape[1:], name=f"{name}_x" if rng.random() < 0.5 else None)
    h = L.Dense(tensor.shape[-1])(x)
    outputs = rng.choice([lambda: L.Add()([h, x]), lambda: L.ReLU()(h), lambda: h + x, lambda: [h, x]])()
    return K.Model(x, outputs, name=name if rng.random() < 0.7 else None)


def over_sequences(rng, t):
    """A layer of several inputs, or one that gives several outputs, on a sequence."""
    kind = rng.choice(["attention", "dot", "states", "simple"])
    if kind == "attention":
        heads = L.MultiHeadAttention(rng.randint(1, 2), rng.randint(1, 3), value_dim=rng.choice([None, 2]), use_bias=rng.random() < 0.8)
        return heads(t, t, return_attention_scores=rng.random() < 0.2)
    if kind == "dot":
        return L.Dot(axes=(2, 2), normalize=rng.random() < 0.3)([t, t])
    if kind == "states":
        _, *states = L.LSTM(2, return_sequences=True, return_state=True)(t)
        return L.LSTM(2, return_sequences=rng.random() < 0.5)(t, initial_state=states)
    return rng.choice([L.Attention(use_scale=rng.random() < 0.5), L.AdditiveAttention()])([t, t])


def step(rng, pool, shared, count):
    """One new tensor from the pool."""
    t = rng.choice(pool[-3:] if rng.random() < 0.7 else pool)
    roll = rng.random()
    if roll > 0.8:
        layer = random_tf_layers.chained(rng, t)
        return layer and layer(t)
    if roll < 0.25:
        return rng.choice(OPERATIONS)(rng, t)
    if roll < 0.4:
        partners = [p for p in pool if list(p.shape) == list(t.shape)]
        if len(partners) > 1:
            kind = rng.choice([L.Add, L.Multiply, L.Average, L.Maximum, L.Minimum, L.Concatenate, L.Subtract])
            chosen = rng.sample(partners, 2 if kind is L.Subtract else min(len(partners), rng.choice([2, 3])))
            return kind()(chosen) if rng.random() < 0.8 else chosen[0] * chosen[1] - chosen[0]
    if roll < 0.5:
        for layer, shape in shared:
            if shape == list(t.shape):
                return layer(t)
    if roll < 0.6 and len(t.shape) in (2, 3):
        inner = inner_model(rng, t, f"inner_{count}")
        shared.append((inner, list(t.shape)))
        return inner(t)
    if roll < 0.66 and len(t.shape) == 3:
        return over_sequences(rng, t)
    layer = pick(rng, random_tf_layers.BY_RANK.get(len(t.shape), random_tf_layers.ANY), t)
    if layer is None:
        return None
    out = layer(t)
    if layer.weights:
        shared.append((layer, list(t.shape)))
    return out


def functional(rng, seed):
    sources = [source(rng, rng.choice([f"in_{n}", None])) for n in range(rng.choice([1, 1, 2, 3]))]
    inputs, shared = [x for x, _ in sources], []
    pool = [t for _, t in sources if usable(t)] or [t for _, t in sources]
    for count in range(rng.randint(3, 12)):
        try:
            out = step(rng, pool, shared, count)
        except Exception:
            continue  # The layer or function does not fit this tensor: the next step tries another.
        first = out[0] if isinstance(out, (list, tuple)) and out else out
        if usable(first):
            pool.append(first)
    outputs = []
    while len(outputs) < rng.choice([1, 1, 2, 3]):
        outputs.append(rng.choice(pool[-4:]))
    flat = [L.Dense(2, name=f"probe_{n}")(flattened(t)) for n, (_, t) in enumerate(sources)]
    outputs.append(L.Add(name="everything")(flat) if len(flat) > 1 else flat[0])
    return K.Model(structure(rng, inputs, "in"), structure(rng, outputs, "out"), name=rng.choice([f"random_{seed}", None]))


def flattened(tensor):
    if len(tensor.shape) < 3:
        return tensor
    return L.GlobalMaxPooling1D()(tensor) if None in tensor.shape[1:] else L.Flatten()(tensor)


def sequential(rng, seed):
    shape = tuple(rng.randint(4, 6) for _ in range(rng.choice([0, 1, 2]))) + (rng.randint(2, 4),)
    first = rng.choice(
        [
            lambda: L.InputLayer(shape),
            lambda: L.Dense(3, batch_input_shape=(None, *shape)),
            lambda: L.Dense(3, input_shape=shape, activation=rng.choice(random_tf_layers.ACTIVATIONS)),
        ]
    )()
    layers, t = [first], K.Sequential([first]).output
    for _ in range(rng.randint(2, 7)):
        table = random_tf_layers.BY_RANK.get(len(t.shape), random_tf_layers.ANY)
        layer = pick(rng, table, t) if rng.random() < 0.7 else random_tf_layers.chained(rng, t)
        try:
            out = again(layer)(t)
        except Exception:
            continue  # It does not fit this tensor: the next one may.
        if usable(out):
            layers.append(layer)
            t = out
    return K.Sequential([again(layer) for layer in layers], name=f"random_{seed}")


def again(layer):
    return layer.__class__.from_config(layer.get_config())


def compile_model(rng, model):
    """Compiles a model whose losses and metrics are for all of its outputs, for each or for some by name."""
    losses, metrics, names = loss_table(), metric_table(), model.output_names
    how = rng.choice(["all", "each", "named"])
    if isinstance(model.output, dict) or len(set(names)) < len(names) or how == "all" or len(names) == 1:
        given = {} if isinstance(model.output, dict) else {"metrics": rng.sample(metrics, rng.randint(0, 2))}
        model.compile(optimizer(rng), loss=rng.choice(losses), **given)
    elif how == "each":
        model.compile(optimizer(rng), loss=[rng.choice(losses) for _ in names], loss_weights=rng.choice([None, [0.5] * len(names)]))
    else:
        model.compile(optimizer(rng), loss={name: rng.choice(losses) for name in names}, metrics={names[0]: [rng.choice(metrics)]})


def optimizer(rng):
    O = K.optimizers
    S = O.schedules
    return rng.choice(
        [
            *(lambda name=name: name for name in ("adam", "sgd", "rmsprop")),
            *(getattr(O, name) for name in ("Adagrad", "Adadelta", "Nadam", "Adamax", "Ftrl")),
            lambda: O.Adam(1e-3, beta_1=0.8, amsgrad=rng.random() < 0.5),
            lambda: O.SGD(0.01, momentum=0.9, nesterov=True),
            lambda: O.RMSprop(0.01, centered=True, momentum=0.1),
            lambda: O.Adam(S.ExponentialDecay(0.1, 100, 0.9, staircase=True)),
            lambda: O.SGD(S.PiecewiseConstantDecay([10, 20], [0.1, 0.05, 0.01])),
            lambda: O.SGD(0.1, clipnorm=1.0),
            lambda: O.Adam(global_clipnorm=1.0),
        ]
    )()


def loss_table():
    M = K.losses
    return ["mse", "mae", "binary_crossentropy", "logcosh", "hinge", "cosine_similarity", M.Huber(0.5), M.MeanSquaredError(), M.BinaryCrossentropy(from_logits=True), M.CategoricalCrossentropy(label_smoothing=0.1)]


def metric_table():
    M = K.metrics
    return ["mse", "mae", "cosine_similarity", M.MeanAbsoluteError(name="own"), M.RootMeanSquaredError(), M.MeanSquaredError()]
