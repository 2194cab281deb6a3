"""Layers that random models of any Keras draw from, by the rank of the tensor that they are called on."""

from keras import layers as L

ACTIVATIONS = ["relu", "tanh", "sigmoid", "elu", "gelu", "silu", "softplus", "selu", "linear", None, "hard_sigmoid", "mish"]
INITIALIZERS = ["glorot_uniform", "he_normal", "lecun_normal", "orthogonal", "zeros"]


def pick(rng, table, tensor):
    """A layer of the table that fits the tensor, or None after some tries."""
    for _ in range(10):
        try:
            made = rng.choice(table)(rng, tensor)
        except (AttributeError, TypeError, ValueError):
            continue  # Keras 2 has no such layer, or not this option of it.
        if made is not None:
            return made
    return None


def small(tensor):
    size = 1
    for d in tensor.shape[1:]:
        size *= d or 1
    return size <= 800


# Makers for tensors of any rank: each takes (rng, tensor) and gives a layer, or None where it does not fit.
ANY = [
    lambda r, t: L.Dense(r.randint(1, 6), activation=r.choice(ACTIVATIONS), use_bias=r.random() < 0.8),
    lambda r, t: L.Dense(r.randint(1, 4), kernel_initializer=r.choice(INITIALIZERS), kernel_regularizer=r.choice(["l1", "l2", None])),
    lambda r, t: L.Activation(r.choice(ACTIVATIONS[:-4])),
    lambda r, t: L.ReLU(max_value=r.choice([None, 6, 1.5]), negative_slope=r.choice([0, 0.1])),
    lambda r, t: L.LeakyReLU(r.choice([0.1, 0.3])),
    lambda r, t: L.ELU(r.choice([1.0, 0.5])),
    lambda r, t: L.PReLU(shared_axes=r.choice([None, [1]])),
    lambda r, t: L.Softmax(),
    lambda r, t: L.BatchNormalization(momentum=r.choice([0.9, 0.99]), center=r.random() < 0.8, scale=r.random() < 0.8),
    # One number alone, less its mean, is rounding.
    lambda r, t: L.LayerNormalization(epsilon=r.choice([1e-3, 1e-5])) if t.shape[-1] > 1 else None,
    lambda r, t: L.UnitNormalization() if t.shape[-1] > 1 else None,
    lambda r, t: L.GroupNormalization(groups=1) if len(t.shape) > 2 else None,
    lambda r, t: L.Dropout(r.choice([0, 0.25, 0.5]), seed=r.choice([None, 3])),
    lambda r, t: L.GaussianNoise(0.5),
    lambda r, t: L.GaussianDropout(0.5),
    lambda r, t: L.AlphaDropout(0.1),
    lambda r, t: L.Identity(),
    lambda r, t: L.Rescaling(r.choice([2, 0.5]), offset=r.choice([0, -1, 0.25])),
    lambda r, t: L.Flatten(),
    lambda r, t: L.ActivityRegularization(l2=0.01),
    lambda r, t: L.Reshape((-1,)),
]

VECTOR = [
    *ANY,
    lambda r, t: L.RepeatVector(r.randint(1, 4)),
    lambda r, t: L.Reshape((-1, 2)) if t.shape[1] % 2 == 0 else None,
    lambda r, t: L.EinsumDense("ab,bc->ac", output_shape=r.randint(1, 5), bias_axes=r.choice([None, "c"])),
]


def recurrent(r, t):
    kind = r.choice(["LSTM", "GRU", "SimpleRNN"])
    layer = getattr(L, kind)(
        r.randint(1, 4), return_sequences=r.random() < 0.6, go_backwards=r.random() < 0.2, activation=r.choice(["tanh", "relu"])
    )
    if r.random() < 0.3:
        return L.Bidirectional(layer, merge_mode=r.choice(["concat", "sum", "mul", "ave"]))
    return layer


SEQUENCE = [
    *ANY,
    recurrent,
    recurrent,
    lambda r, t: L.RNN([L.GRUCell(r.randint(1, 3)), L.LSTMCell(r.randint(1, 3))], return_sequences=r.random() < 0.5),
    lambda r, t: L.Conv1D(r.randint(1, 4), r.randint(1, 3), padding=r.choice(["same", "causal"]), activation=r.choice(ACTIVATIONS)),
    lambda r, t: L.Conv1D(2, 2, strides=2) if t.shape[1] >= 2 else None,
    lambda r, t: L.SeparableConv1D(3, 2, padding="same"),
    lambda r, t: L.DepthwiseConv1D(2, padding="same", depth_multiplier=r.randint(1, 2)),
    lambda r, t: L.Conv1DTranspose(2, 2, strides=2, padding=r.choice(["same", "valid"])),
    lambda r, t: L.MaxPooling1D(2) if t.shape[1] >= 2 else None,
    lambda r, t: L.AveragePooling1D(2, strides=1, padding="same"),
    lambda r, t: r.choice([L.GlobalAveragePooling1D, L.GlobalMaxPooling1D])(keepdims=r.random() < 0.3),
    lambda r, t: L.ZeroPadding1D(r.choice([1, (0, 2)])),
    lambda r, t: L.Cropping1D((1, 0)) if t.shape[1] > 1 else None,
    lambda r, t: L.UpSampling1D(2),
    lambda r, t: L.SpatialDropout1D(0.3),
    lambda r, t: L.Permute((2, 1)),
    lambda r, t: L.TimeDistributed(L.Dense(r.randint(1, 4), activation=r.choice(ACTIVATIONS))),
    lambda r, t: L.Masking(r.choice([0.0, 1.0])),
    lambda r, t: L.EinsumDense("abc,cd->abd", output_shape=(None, r.randint(1, 4)), bias_axes="d"),
]

IMAGE = [
    *ANY,
    lambda r, t: L.Conv2D(r.randint(1, 4), r.choice([1, 2, 3, (1, 3)]), padding="same", strides=r.choice([1, 2]), activation=r.choice(ACTIVATIONS)),
    lambda r, t: L.Conv2D(2, 2, dilation_rate=2, padding="same"),
    lambda r, t: L.Conv2D(t.shape[-1] * 2, 2, groups=t.shape[-1], padding="same") if t.shape[-1] <= 3 else None,
    lambda r, t: L.DepthwiseConv2D(r.choice([2, 3]), padding="same", depth_multiplier=r.randint(1, 2)),
    lambda r, t: L.SeparableConv2D(3, 3, padding="same", use_bias=False),
    lambda r, t: L.Conv2DTranspose(2, r.choice([2, 3]), strides=2, padding="same"),
    lambda r, t: r.choice([L.MaxPooling2D, L.AveragePooling2D])(2, padding="same"),
    lambda r, t: L.MaxPooling2D(3, strides=1, padding="same"),
    lambda r, t: r.choice([L.GlobalAveragePooling2D, L.GlobalMaxPooling2D])(keepdims=r.random() < 0.3),
    lambda r, t: L.ZeroPadding2D(r.choice([1, ((1, 0), (0, 1))])),
    lambda r, t: L.Cropping2D(((0, 1), (1, 0))) if min(t.shape[1:3]) > 1 else None,
    lambda r, t: L.UpSampling2D(2, interpolation=r.choice(["nearest", "bilinear"])),
    lambda r, t: L.SpatialDropout2D(0.3),
    lambda r, t: L.Permute((3, 1, 2)),
    lambda r, t: L.Reshape((t.shape[1] * t.shape[2], t.shape[3])),
]

BY_RANK = {2: VECTOR, 3: SEQUENCE, 4: IMAGE}


def structure(rng, tensors, prefix):
    """One tensor by itself, or a list or a dict of several."""
    if len(tensors) == 1:
        return tensors[0]
    if rng.random() < 0.3:
        return {f"{prefix}_{chr(97 + n)}": t for n, t in enumerate(tensors)}
    return list(tensors)
