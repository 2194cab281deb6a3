"""Small models: (id, builder). A builder returns the model; inputs are made from the model's own input tensors."""

import keras
from keras import layers as L
from keras import ops

from harness import formula, model_case

from . import policy_models
from .custom import Scale, double_and_shift


def recurrent():
    return keras.Sequential(
        [
            L.Input((6,), dtype="int32", name="tokens"),
            L.Embedding(10, 4, mask_zero=True),
            L.Bidirectional(L.LSTM(3, return_sequences=True)),
            L.GRU(4),
            L.Dense(2, activation="softmax"),
        ],
        name="recurrent",
    )


def masked_functional():
    x = keras.Input((5, 3), name="x")
    h = L.Masking(0.0)(x)
    h = L.LSTM(4, return_sequences=True, name="first")(h)
    h = L.SimpleRNN(3, name="second")(h)
    return keras.Model(x, L.Dense(1)(h), name="masked")


def embedded_masks():
    a, c = keras.Input((4,), dtype="int32", name="a"), keras.Input((4,), dtype="int32", name="c")
    embed = L.Embedding(10, 3, mask_zero=True, name="embed")
    h = L.Add()([embed(a), embed(c)])
    h = L.Dropout(0.3)(h)
    return keras.Model([a, c], L.GRU(2)(h), name="masks")


def transformer():
    x = keras.Input((6, 8), name="x")
    a = L.MultiHeadAttention(2, 4, dropout=0.1, name="mha")(x, x)
    h = L.LayerNormalization(epsilon=1e-6)(L.Add()([x, L.Dropout(0.1)(a)]))
    m = L.Dense(8)(L.Dense(16, activation="gelu")(h))
    out = L.LayerNormalization(epsilon=1e-6)(h + m)
    return keras.Model(x, L.Dense(3)(L.GlobalAveragePooling1D()(out)), name="transformer")


def token_transformer():
    x = keras.Input((5,), dtype="int32", name="ids")
    h = L.Embedding(12, 8, mask_zero=True)(x)
    a = L.MultiHeadAttention(2, 4)(h, h, use_causal_mask=True)
    h = L.LayerNormalization()(h + a)
    return keras.Model(x, L.Dense(12)(h), name="tokens")


def dictionary_inputs():
    inputs = {"wide": keras.Input((3,), name="wide"), "deep": keras.Input((4,), name="deep")}
    h = L.Dense(5, activation="relu")(inputs["deep"])
    h = L.Concatenate()([inputs["wide"], h])
    return keras.Model(inputs, {"score": L.Dense(1, name="score")(h), "aux": L.Dense(2, name="aux")(h)}, name="wide_deep")


def inner_model(name="inner"):
    x = keras.Input((4,), name=f"{name}_in")
    return keras.Model(x, L.Dense(3, activation="tanh", name=f"{name}_dense")(x), name=name)


def nested():
    x = keras.Input((4,), name="x")
    tail = keras.Sequential([L.Input((3,)), L.Dense(4, activation="relu"), L.Dense(2)], name="tail")
    return keras.Model(x, tail(inner_model()(x)), name="nested")


def nested_twice():
    a, c = keras.Input((4,), name="a"), keras.Input((4,), name="c")
    inner = inner_model()
    return keras.Model([a, c], L.Subtract()([inner(a), inner(c)]), name="siamese")


def nested_output_twice():
    a, c = keras.Input((4,), name="a"), keras.Input((4,), name="c")
    inner, seq = inner_model(), keras.Sequential([L.Dense(2)], name="seq")
    return keras.Model([a, c], [inner(a), inner(c), seq(a), seq(c)], name="outputs_of_nested")


def nested_sequential():
    inner = keras.Sequential([L.Input((4,)), L.Dense(3), keras.Sequential([L.Input((3,)), L.Dense(2)], name="deep")])
    return keras.Sequential([L.Input((4,)), inner, L.ReLU()], name="boxes")


def sequential_of_functional():
    return keras.Sequential([keras.Input((4,)), inner_model(), L.Dense(1)], name="s")


def shared_layer():
    x = keras.Input((4,), name="x")
    same = L.Dense(4, activation="tanh", name="same")
    return keras.Model(x, same(same(x)), name="shared")


def shared_at_depths():
    x = keras.Input((4,), name="x")
    dense, act = L.Dense(4, name="d"), L.ReLU(name="act")
    h = act(dense(x))
    deep = L.Dense(4, name="e")(h)
    return keras.Model(x, [act(L.Add()([deep, x])), h], name="depths")


def operations():
    x = keras.Input((3, 4), name="x")
    h = (x * 2.0 + 1) ** 2 / 3
    h = ops.concatenate([h[:, :1], -h[:, 1:]], axis=1)
    h = ops.where(h > 0, h, ops.exp(h))
    h = ops.matmul(h, ops.transpose(x, (0, 2, 1)))
    return keras.Model(x, ops.mean(ops.softmax(h), axis=-1), name="operations")


def operations_of_operations():
    x = keras.Input((4,), name="x")
    first, second = ops.split(x, 2, axis=-1)
    return keras.Model(x, {"sum": first + second, "stack": ops.stack([first, second, first], axis=1)}, name="split")


def intermediate():
    x = keras.Input((4,), name="x")
    h = L.Dense(3, name="one")(x)
    out = L.Dense(2, name="two")(L.ReLU(name="act")(h))
    keras.Model(x, out)
    return keras.Model(h, out, name="sub")


def feature_extractor():
    x = keras.Input((6, 6, 2), name="image")
    a = L.Conv2D(3, 3, name="c1")(x)
    h = L.BatchNormalization(name="bn")(a)
    h = L.MaxPooling2D()(L.ReLU()(h))
    return keras.Model(x, [a, h], name="features")


def optional_input():
    x = keras.Input((4,), name="x")
    y = keras.Input((4,), name="y", optional=True)
    return keras.Model([x, y], L.Dense(2)(Pick()(x, y)), name="optional")


@keras.saving.register_keras_serializable(package="golden")
class Pick(L.Layer):
    """The sum of its inputs, or the first where there is no second."""

    def call(self, x, y=None):
        return x if y is None else x + y

    def compute_output_shape(self, x_shape):
        return x_shape


def deferred():
    model = keras.Sequential(name="deferred")
    model.add(L.Dense(4, activation="relu"))
    model.add(L.Dense(2))
    model.build((None, 3))
    return model


def unbuilt():
    return keras.Sequential([L.Dense(4), L.Dropout(0.5), L.Dense(2)], name="unbuilt")


def empty():
    return keras.Sequential(name="empty")


def convolution():
    return keras.Sequential(
        [
            L.Input((8, 8, 3)),
            L.Rescaling(1 / 255),
            L.Conv2D(4, 3, padding="same", activation="relu"),
            L.BatchNormalization(),
            L.MaxPooling2D(),
            L.SeparableConv2D(6, 3, padding="same"),
            L.SpatialDropout2D(0.2),
            L.GlobalAveragePooling2D(),
            L.Dense(3, activation="softmax"),
        ],
        name="cnn",
    )


def residual():
    x = keras.Input((6, 6, 3), name="x")
    h = L.ZeroPadding2D(1)(x)
    h = L.Conv2D(3, 3, use_bias=False)(h)
    h = L.ReLU(6.0)(L.BatchNormalization(momentum=0.9)(h))
    h = L.DepthwiseConv2D(3, padding="same")(h)
    h = L.Multiply()([h, L.Activation("sigmoid")(L.Dense(3)(L.GlobalAveragePooling2D(keepdims=True)(h)))])
    return keras.Model(x, L.Flatten()(L.Add()([x, h])), name="residual")


def unet():
    x = keras.Input((8, 8, 2), name="x")
    a = L.Conv2D(2, 3, padding="same", activation="relu", name="down")(x)
    h = L.Conv2D(4, 3, strides=2, padding="same", name="bottom")(a)
    h = L.Conv2DTranspose(2, 2, strides=2, name="up")(h)
    h = L.Concatenate(name="skip")([h, a])
    return keras.Model(x, L.Conv2D(1, 1, activation="sigmoid", name="mask")(h), name="unet")


def unicode_names():
    x = keras.Input((3,), name="entrée")
    return keras.Model(x, L.Dense(2, name="слой_層")(L.Dense(3, name="größe")(x)), name="modèle_😀")


def frozen():
    x = keras.Input((4,), name="x")
    body = L.Dense(4, name="body", trainable=False)
    norm = L.BatchNormalization(name="norm")
    norm.trainable = False
    inner = inner_model()
    inner.trainable = False
    return keras.Model(x, L.Dense(1, name="head")(inner(norm(body(x)))), name="frozen")


def list_outputs():
    x = keras.Input((4,), name="x")
    return keras.Model([x], [L.Dense(2, name="only")(x)], name="lists")


def tuple_outputs():
    x, y = keras.Input((4,), name="x"), keras.Input((4,), name="y")
    return keras.Model((x, y), (L.Add()([x, y]), L.Dense(1)(x)), name="tuples")


def nested_structures():
    a, c, d = (keras.Input((2,), name=n) for n in ("a", "c", "d"))
    out = {"z": [a + c, d], "b": {"inner": L.Dense(1)(d)}}
    return keras.Model({"pair": [a, c], "alone": d}, out, name="structures")


def late_inputs():
    x, late = keras.Input((3,), name="x"), keras.Input((3,), name="late")
    h = L.Dense(3, name="d2")(L.Dense(3, name="d1")(x))
    return keras.Model([late, x], L.Add(name="ad")([late, h]), name="late_inputs")


def keyword_tensors():
    q, v = keras.Input((4, 6), name="q"), keras.Input((5, 6), name="v")
    m = keras.Input((4, 5), dtype="bool", name="m")
    out = L.MultiHeadAttention(2, 3)(query=q, value=v, attention_mask=m)
    return keras.Model([q, v, m], out, name="keywords")


def initial_states():
    x, s = keras.Input((4, 3), name="x"), keras.Input((3,), name="s")
    encoded, h, c = L.LSTM(5, return_sequences=True, return_state=True, name="encoder")(x)
    decoded = L.LSTM(5, name="decoder")(encoded, initial_state=[h, c])
    return keras.Model([x, s], [decoded, L.GRU(3)(x, initial_state=s)], name="states")


def explicit_training():
    x = keras.Input((3,), name="x")
    return keras.Model(x, L.BatchNormalization()(L.Dropout(0.5)(x, training=False), training=False), name="training")


def time_distributed():
    x = keras.Input((3, 6, 6, 1), name="frames")
    small = keras.Sequential([L.Input((6, 6, 1)), L.Conv2D(2, 3), L.Flatten()], name="small")
    return keras.Model(x, L.LSTM(2)(L.TimeDistributed(small)(x)), name="video")


def custom():
    x = keras.Input((3,), name="x")
    return keras.Model(x, L.Lambda(double_and_shift)(Scale(2.0, name="scale")(x)), name="custom")


def mixed_precision():
    x = keras.Input((4,), name="x")
    h = L.Dense(4, activation="relu", dtype="mixed_float16")(x)
    h = L.BatchNormalization(dtype="mixed_float16")(h)
    return keras.Model(x, L.Dense(2, activation="softmax", dtype="float32")(h), name="mixed")


def dtypes():
    x, n = keras.Input((4,), dtype="float16", name="x"), keras.Input((), dtype="int32", name="n")
    return keras.Model([x, n], L.Dense(2)(x) + L.Embedding(10, 2)(n), name="dtypes")


def wide_summary():
    x = keras.Input((4,), name="an_input_with_a_rather_long_name")
    h = L.Dense(100, name="a_dense_layer_whose_name_is_longer_than_the_column")(x)
    return keras.Model(x, L.Dense(20, use_bias=False)(h), name="wide")


def batch_size():
    x = keras.Input(batch_shape=(2, 3), name="x")
    return keras.Model(x, L.LSTM(2, stateful=True)(L.Reshape((3, 1))(x)), name="static_batch")


def compiled(optimizer, loss="mse", metrics=None, fit=False, **options):
    def build():
        x = keras.Input((3,), name="x")
        model = keras.Model(x, L.Dense(2, name="out")(L.Dense(3, activation="tanh")(x)), name="compiled")
        model.compile(optimizer=optimizer(), loss=loss, metrics=metrics, **options)
        if fit:
            fit_on_formula(model)
        return model

    return build


def fit_on_formula(model, steps=3):
    """Training steps on formula numbers, from formula weights."""
    model_case.set_weights(model)
    x = formula.values(formula.spec(1, "float32", (4, *model.inputs[0].shape[1:])))
    y = formula.values(formula.spec(2, "float32", (4, *model.outputs[0].shape[1:])))
    for _ in range(steps):
        model.train_on_batch(x, y)


def compiled_sequential():
    model = keras.Sequential([L.Input((3,)), L.Dense(4, activation="relu"), L.Dense(1, activation="sigmoid")], name="s")
    model.compile("sgd", "binary_crossentropy", ["accuracy"])
    return model


O = keras.optimizers
MODELS = [
    recurrent, masked_functional, embedded_masks, transformer, token_transformer, dictionary_inputs, nested, nested_twice,
    nested_output_twice, nested_sequential, sequential_of_functional, shared_layer, shared_at_depths, operations,
    operations_of_operations, intermediate, feature_extractor, optional_input, deferred, unbuilt, empty, convolution,
    residual, unet, unicode_names, frozen, list_outputs, tuple_outputs, nested_structures, late_inputs, keyword_tensors,
    initial_states, explicit_training, time_distributed, custom, mixed_precision, dtypes, wide_summary, batch_size,
    compiled_sequential,
]  # fmt: skip
COMPILED = {
    "compiled_adam": compiled(lambda: "adam"),
    "compiled_adam_fit": compiled(lambda: O.Adam(learning_rate=0.01, amsgrad=True), metrics=["mae"], fit=True),
    "compiled_sgd": compiled(lambda: O.SGD(0.1, momentum=0.9, nesterov=True), keras.losses.Huber(delta=0.5)),
    "compiled_sgd_fit": compiled(lambda: "sgd", fit=True),
    "compiled_rmsprop": compiled(lambda: O.RMSprop(rho=0.8, centered=True), "mae", ["mse", keras.metrics.MeanAbsoluteError(name="m")]),
    "compiled_rmsprop_fit": compiled(lambda: O.RMSprop(1.0), fit=True),
    "compiled_adamw": compiled(lambda: O.AdamW(weight_decay=0.01, clipnorm=1.0), {"out": "mse"}, {"out": ["mae"]}, weighted_metrics=["mse"]),
    "compiled_schedule": compiled(lambda: O.Adam(O.schedules.ExponentialDecay(0.1, 10, 0.9)), loss_weights=[0.5], fit=True),
    "compiled_clip_ema": compiled(lambda: O.SGD(0.5, clipvalue=0.1, use_ema=True, ema_momentum=0.9), run_eagerly=True, steps_per_execution=2),
}  # fmt: skip
BUILDERS = {m.__name__: m for m in [*MODELS, *policy_models.MODELS]} | COMPILED
