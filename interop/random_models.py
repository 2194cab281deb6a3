"""Random models from a seed: a pool of tensors grows by layers picked at random among those that fit a tensor."""

import random

import keras
import random_catalogue
from keras import layers as L
from keras import ops
from random_layers import ANY, BY_RANK, pick, small, structure


def build(seed):
    """
    A Functional model (or, one time in seven, a Sequential) that depends on nothing but the seed; what its inputs are to be
    given, by name, where that is not free; and whether it is to be compiled.
    """
    rng = random.Random(seed)
    model, given = (sequential(rng, seed), {}) if rng.random() < 0.15 else functional(rng, seed)
    return model, given, rng


def finish(model, rng):
    """Compiles two models of five, once they have their weights."""
    if rng.random() < 0.4:
        random_catalogue.compile_model(rng, model)


def is_rounding(array):
    """Whether numbers are what is left where others cancelled out: each engine rounds those its own way."""
    return array.dtype.kind == "f" and 0 < abs(array).max(initial=0) < 1e-6


OPERATIONS = [
    lambda r, t: t * r.choice([2.0, 0.5, 3]) + r.choice([1, -0.5]),
    lambda r, t: -t,
    lambda r, t: 1.0 - t,
    lambda r, t: ops.abs(t) ** 0.5 if r.random() < 0.3 else t**2,
    lambda r, t: t / r.choice([2, 4.0]),
    lambda r, t: ops.tanh(t),
    lambda r, t: ops.exp(ops.minimum(t, 1.0)),
    lambda r, t: ops.where(t > 0, t, t * 0.1),
    lambda r, t: ops.clip(t, -1.0, 1.0),
    lambda r, t: ops.sum(t, axis=-1, keepdims=True),
    lambda r, t: ops.mean(t, axis=1, keepdims=True),
    lambda r, t: ops.max(t, axis=-1, keepdims=True),
    lambda r, t: t[:, :1],
    lambda r, t: t[..., ::-1],
    lambda r, t: ops.concatenate([t, t * 2], axis=-1),
    lambda r, t: ops.expand_dims(t, 1) if len(t.shape) < 4 else ops.mean(t, axis=2),
    lambda r, t: ops.softmax(t, axis=-1),
    lambda r, t: ops.cast(t > 0, "float32"),
    lambda r, t: ops.flip(t, axis=1),
]


def source(rng, name):
    """An input tensor, and the float tensor that graphs go on from."""
    kind = rng.choice(["vector", "sequence", "image", "tokens", "masked"])
    if kind == "vector":
        x = keras.Input((rng.randint(2, 6),), name=name)
    elif kind == "image":
        x = keras.Input((rng.randint(4, 6), rng.randint(4, 6), rng.randint(1, 3)), name=name)
    elif kind == "tokens":
        x = keras.Input((rng.randint(3, 6),), dtype="int32", name=name)
        return x, L.Embedding(10, rng.randint(2, 4), mask_zero=rng.random() < 0.6)(x)
    else:
        x = keras.Input((rng.randint(3, 6), rng.randint(2, 4)), name=name)
    return x, x


def inner_model(rng, tensor, name):
    """A model to be nested, whose input fits the tensor."""
    if rng.random() < 0.5:
        inner = keras.Sequential([L.Input(tensor.shape[1:]), L.Dense(rng.randint(1, 4), activation="relu"), L.LayerNormalization()], name=name)
        return inner
    x = keras.Input(tensor.shape[1:], name=f"{name}_x")
    h = L.Dense(tensor.shape[-1])(x)
    return keras.Model(x, L.Add()([h, x]) if rng.random() < 0.5 else L.ReLU()(h), name=name)


def step(rng, pool, shared, count):
    """One new tensor from the pool."""
    t = rng.choice(pool[-3:] if rng.random() < 0.7 else pool)
    roll = rng.random()
    if roll > 0.75:
        return random_catalogue.chained(rng, t)
    if roll < 0.15:
        return rng.choice(OPERATIONS)(rng, t)
    if roll < 0.35:
        partners = [p for p in pool if p.shape == t.shape]
        if len(partners) > 1:
            kind = rng.choice([L.Add, L.Multiply, L.Average, L.Maximum, L.Minimum, L.Concatenate, L.Subtract])
            chosen = rng.sample(partners, 2 if kind is L.Subtract else min(len(partners), rng.choice([2, 3])))
            return kind()(chosen) if rng.random() < 0.8 else chosen[0] * chosen[1] - chosen[0]
    if roll < 0.45:
        for layer, shape in shared:
            if shape == t.shape:
                return layer(t)
    if roll < 0.55 and len(t.shape) in (2, 3):
        inner = inner_model(rng, t, f"inner_{count}")
        shared.append((inner, t.shape))
        return inner(t)
    if roll < 0.65 and len(t.shape) == 3:
        if rng.random() < 0.5:
            return L.MultiHeadAttention(rng.randint(1, 2), rng.randint(1, 3))(t, t, use_causal_mask=rng.random() < 0.3)
        return L.Dot(axes=(2, 2))([t, t]) if rng.random() < 0.5 else L.Attention(use_scale=rng.random() < 0.5)([t, t])
    layer = pick(rng, BY_RANK.get(len(t.shape), ANY), t)
    if layer is None:
        return None
    out = layer(t)
    if isinstance(layer, L.Layer) and layer.weights:
        shared.append((layer, t.shape))
    return out


def functional(rng, seed):
    sources = [source(rng, f"in_{n}") for n in range(rng.choice([1, 1, 2, 3]))]
    inputs, pool, shared = [x for x, _ in sources], [t for _, t in sources], []
    given, apart = {}, []
    for count in range(rng.choice([0, 1, 1, 2, 3])):
        draw = random_catalogue.layer_on_inputs if rng.random() < 0.5 else random_catalogue.expression_on_inputs
        own, records, made = draw(rng, f"case_{count}")
        inputs += own
        given |= records
        apart += made
        pool += [t for t in made if is_free(t) and small(t)]
    for count in range(rng.randint(4, 14)):
        try:
            out = step(rng, pool, shared, count)
        except ValueError:
            continue  # The layer does not fit this shape: the next step tries another.
        if out is not None and small(out):
            pool.append(out)
    used, outputs = pool[len(sources) :] or pool, []
    while len(outputs) < rng.choice([1, 1, 2, 3]):
        outputs.append(rng.choice(used[-4:]))
    flat = [L.Flatten()(t) if len(t.shape) > 2 else t for t in (s for _, s in sources)]
    flat = [L.Dense(2, name=f"probe_{n}")(t) for n, t in enumerate(flat)]
    outputs.append(L.Add(name="everything")(flat) if len(flat) > 1 else flat[0])
    outputs += apart
    return keras.Model(structure(rng, inputs, "in"), structure(rng, outputs, "out"), name=f"random_{seed}"), given


def is_free(tensor):
    """Whether the graph may go on from a tensor: a batch of float32, its other dimensions known."""
    batch, *rest = tensor.shape if len(tensor.shape) > 1 else (0,)
    return tensor.dtype == "float32" and batch is None and None not in rest


def sequential(rng, seed):
    rank = rng.choice([1, 2, 3])
    shape = tuple(rng.randint(4, 6) for _ in range(rank - 1)) + (rng.randint(2, 4),)
    layers, t = [L.Input(shape)], keras.KerasTensor((None, *shape))
    for _ in range(rng.randint(2, 7)):
        layer = pick(rng, BY_RANK.get(len(t.shape), ANY), t)
        try:
            out = layer(t)
        except ValueError:
            continue  # The layer does not fit this shape: the next one may.
        if small(out):
            layers.append(layer)
            t = out
    return keras.Sequential(layers, name=f"random_{seed}")
