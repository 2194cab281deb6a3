"""Dense, Embedding, and what stands around them; reshaping; Lambda; custom layers."""

import tensorflow as tf

from harness.arguments import X, Y, b, f, i

from . import fixed
from .custom import Scale
from .layer_case import Case

K, L = tf.keras, tf.keras.layers
WEIGHTS = dict(
    kernel_initializer=K.initializers.GlorotNormal(seed=1),
    bias_initializer=K.initializers.Constant(0.5),
    kernel_regularizer=K.regularizers.L1L2(0.01, 0.02),
    bias_regularizer="l2",
    activity_regularizer=K.regularizers.L1(0.1),
    kernel_constraint=K.constraints.MaxNorm(2, axis=[0]),
    bias_constraint="non_neg",
)


def core():
    yield Case("defaults", lambda: L.Dense(4), [f(2, 3)])
    yield Case("all", lambda: L.Dense(4, "relu", name="d", **WEIGHTS), [f(2, 3)], training=True)
    yield Case("no_bias", lambda: L.Dense(4, use_bias=False, trainable=False), [f(2, 5, 3)])
    yield Case("input_shape", lambda: L.Dense(2, input_shape=(3,)), [f(2, 3)])
    yield Case("batch_input_shape", lambda: L.Dense(2, batch_input_shape=(2, 3)), [f(2, 3)])
    yield Case("input_dim", lambda: L.Dense(2, input_dim=3), [f(2, 3)])
    yield Case("function", lambda: L.Dense(2, activation=tf.nn.relu), [f(2, 3)])
    yield Case("float64", lambda: L.Dense(2, dtype="float64"), [f(2, 3, dtype="float64")])
    yield Case("mixed", lambda: L.Dense(2, dtype=K.mixed_precision.Policy("mixed_float16")), [f(2, 3)])
    yield Case("float16", lambda: L.Dense(2, dtype="float16"), [f(2, 3, dtype="float16")])
    yield Case("bfloat16", lambda: L.Dense(2, dtype="mixed_bfloat16"), [])
    yield Case("orthogonal", lambda: L.Dense(3, kernel_initializer=K.initializers.Orthogonal(2.0), kernel_regularizer=K.regularizers.OrthogonalRegularizer(0.1, mode="columns")), [f(2, 3)])
    yield Case("defaults", lambda: L.Embedding(10, 4), [i(2, 3)])
    yield Case("masked", lambda: L.Embedding(10, 4, mask_zero=True, input_length=3), [i(2, 3, high=3)])
    yield Case("all", lambda: L.Embedding(10, 4, "glorot_uniform", "l2", "l1", "unit_norm", input_length=(3, 2)), [i(2, 3, 2)])
    for name in ("relu", "softmax", "hard_sigmoid", "gelu", "swish", "selu", "exponential", "linear"):
        yield Case(name, lambda n=name: L.Activation(n), [f(2, 3)])
    yield Case("function", lambda: L.Activation(tf.nn.elu), [f(2, 3)])
    yield Case("defaults", lambda: L.Masking(), [f(2, 3, 2)])
    yield Case("value", lambda: L.Masking(mask_value=1), [f(2, 3, 2)])
    yield Case("all", lambda: L.ActivityRegularization(l1=0.1, l2=0.2), [f(2, 3)])
    yield Case("one", lambda: L.Lambda(fixed.function("lambda x: x * 2.0")), [f(2, 3)])
    yield Case("arguments", lambda: L.Lambda(fixed.function("lambda x, by: x * by"), arguments={"by": 3.0}, output_shape=(3,)), [f(2, 3)])
    yield Case("named", lambda: L.Lambda(K.backend.square), [f(2, 3)])
    yield Case("custom", lambda: Scale(factor=2, name="scale"), [f(2, 3)])
    yield Case("defaults", lambda: L.InputLayer((3,)), [])
    yield Case("all", lambda: L.InputLayer(batch_input_shape=(2, None), dtype="int32", sparse=True, name="in"), [])
    yield Case("ragged", lambda: L.InputLayer((None,), ragged=True), [])
    yield Case("defaults", lambda: L.experimental.EinsumDense("abc,cd->abd", (None, 5)), [f(2, 4, 3)])
    yield Case("all", lambda: L.experimental.EinsumDense("abc,cde->abde", (None, 2, 5), "tanh", bias_axes="de", **{k: v for k, v in WEIGHTS.items() if k != "kernel_constraint"}), [f(2, 4, 3)])
    yield Case("defaults", lambda: L.experimental.RandomFourierFeatures(4), [f(2, 3)], random=True)
    yield Case("all", lambda: L.experimental.RandomFourierFeatures(4, "laplacian", scale=2.0, trainable=True), [f(2, 3)], random=True)


def reshaping():
    yield Case("defaults", lambda: L.Flatten(), [f(2, 3, 4)])
    yield Case("first", lambda: L.Flatten("channels_first"), [f(2, 3, 4, 2)])
    yield Case("scalar", lambda: L.Flatten(), [f(2)])
    yield Case("whole", lambda: L.Reshape((4, 3)), [f(2, 3, 4)])
    yield Case("open", lambda: L.Reshape((-1, 2)), [f(2, 3, 4)])
    yield Case("two", lambda: L.Permute((2, 1)), [f(2, 3, 4)])
    yield Case("three", lambda: L.RepeatVector(3), [f(2, 4)])
    for n in (1, 2, 3):
        shape = [4, 5, 3][:n]
        amounts = [(1, 2), (0, 1), (2, 0)][:n]
        pads, crops, ups = (getattr(L, f"{kind}{n}D") for kind in ("ZeroPadding", "Cropping", "UpSampling"))
        yield Case("defaults", lambda m=pads: m(), [f(2, *shape, 2)])
        yield Case("amounts", lambda m=pads, a=amounts: m(a[0] if len(a) == 1 else a), [f(2, *shape, 2)])
        yield Case("defaults", lambda m=ups: m(), [f(2, *shape, 2)])
        yield Case("two", lambda m=ups, n=n: m((3, 2, 1)[:n] if n > 1 else 3), [f(2, *shape, 2)])
        yield Case("amounts", lambda m=crops: m(1), [f(2, *shape, 2)])
        if n > 1:
            yield Case("first", lambda m=pads: m(1, data_format="channels_first"), [f(2, 2, *shape)])
            yield Case("first", lambda m=crops: m(1, data_format="channels_first"), [f(2, 2, *shape)])
            yield Case("first", lambda m=ups: m(2, data_format="channels_first"), [f(2, 2, *shape)])
    yield Case("bilinear", lambda: L.UpSampling2D((2, 3), interpolation="bilinear"), [f(2, 3, 2, 2)])


def wrapping():
    yield Case("dense", lambda: L.TimeDistributed(L.Dense(4)), [f(2, 5, 3)])
    yield Case("masked", lambda: L.TimeDistributed(L.Dense(4)), [f(2, 5, 3), b(2, 5)], args=[X], kwargs={"mask": Y})
    yield Case("conv", lambda: L.TimeDistributed(L.Conv2D(2, 3), input_shape=(5, 6, 6, 1)), [f(2, 5, 6, 6, 1)])
    for name in ("Dropout", "GaussianDropout", "AlphaDropout", "GaussianNoise"):
        yield Case("half", lambda m=getattr(L, name): m(0.5), [f(2, 3)])
    yield Case("all", lambda: L.Dropout(0.25, noise_shape=(None, 1, 3), seed=7), [f(2, 4, 3)])
    yield Case("zero", lambda: L.Dropout(0), [f(2, 3)], training=True)
    for n in (1, 2, 3):
        yield Case("half", lambda m=getattr(L, f"SpatialDropout{n}D"): m(0.5), [f(2, *[3] * n, 2)])
    yield Case("first", lambda: L.SpatialDropout2D(0.5, data_format="channels_first"), [f(2, 3, 3, 2)])


def cases():
    yield from core()
    yield from reshaping()
    yield from wrapping()
