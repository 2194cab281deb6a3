"""Compiled models: every optimizer with what it keeps after two steps; losses and metrics by name and as objects."""

import tensorflow as tf

from .models import Model

K, L = tf.keras, tf.keras.layers
O, S = K.optimizers, K.optimizers.schedules


def compiled(make, loss="mse", **options):
    def build():
        optimizer = make()
        scheduled = isinstance(getattr(optimizer, "_hyper", {}).get("learning_rate"), S.LearningRateSchedule)
        hidden = [] if scheduled else [L.Dense(2, "relu", name="hidden")]
        model = K.Sequential([K.Input((3,)), *hidden, L.Dense(1, "sigmoid", name="out")])
        model.compile(optimizer, loss, **options)
        return model

    return build


OPTIMIZERS = {
    "sgd": lambda: O.SGD(0.1),
    "sgd_momentum": lambda: O.SGD(0.1, momentum=0.9, nesterov=True, decay=1e-3),
    "rmsprop": lambda: O.RMSprop(0.01),
    "rmsprop_centered": lambda: O.RMSprop(0.01, rho=0.8, momentum=0.5, epsilon=1e-5, centered=True),
    "adam": lambda: O.Adam(0.01),
    "adam_amsgrad": lambda: O.Adam(0.01, 0.8, 0.99, 1e-5, amsgrad=True, name="mine", clipnorm=1.0),
    "adadelta": lambda: O.Adadelta(0.5, rho=0.9),
    "adagrad": lambda: O.Adagrad(0.1, initial_accumulator_value=0.2, clipvalue=0.5),
    "adamax": lambda: O.Adamax(0.01, global_clipnorm=1.0),
    "nadam": lambda: O.Nadam(0.01),
    "ftrl": lambda: O.Ftrl(0.1, learning_rate_power=-0.6, l1_regularization_strength=0.01, l2_regularization_strength=0.02, l2_shrinkage_regularization_strength=0.03, beta=0.1),
    "exponential_decay": lambda: O.Adam(S.ExponentialDecay(0.1, 5, 0.9, staircase=True)),
    "piecewise_decay": lambda: O.SGD(S.PiecewiseConstantDecay([1, 3], [0.1, 0.05, 0.01])),
    "polynomial_decay": lambda: O.SGD(S.PolynomialDecay(0.1, 4, cycle=True)),
    "inverse_decay": lambda: O.SGD(S.InverseTimeDecay(0.1, 4, 0.5)),
    "cosine_decay": lambda: O.SGD(S.CosineDecay(0.1, 10, alpha=0.1)),
    "cosine_restarts": lambda: O.SGD(S.CosineDecayRestarts(0.1, 4)),
    "experimental_adam": lambda: O.experimental.Adam(0.01),
}


def losses_by_name():
    x = K.Input((3,), name="x")
    names = ["mse", "mae", "mean_absolute_percentage_error", "msle", "binary_crossentropy", "hinge", "squared_hinge", "kl_divergence", "poisson", "logcosh", "huber", "cosine_similarity", "categorical_crossentropy", "categorical_hinge"]
    y = L.Dense(2, "softmax")(x)
    model = K.Model(x, {n: L.Activation("linear", name=n)(y) for n in names})
    model.compile("adam", {n: n for n in names})
    return model


def losses_as_objects():
    x = K.Input((3,), name="x")
    kinds = [K.losses.MeanSquaredError("sum"), K.losses.BinaryCrossentropy(True, 0.1), K.losses.CategoricalCrossentropy(label_smoothing=0.2), K.losses.Huber(0.5), K.losses.BinaryFocalCrossentropy(3.0), K.losses.CosineSimilarity(axis=1), K.losses.LogCosh(), K.losses.KLDivergence(), K.losses.Poisson(name="own"), K.losses.Hinge()]
    y = L.Dense(2, "sigmoid")(x)
    model = K.Model(x, [L.Activation("linear", name=f"o{n}")(y) for n in range(len(kinds))])
    model.compile(O.RMSprop(), kinds, loss_weights=[1.0, 0.5] + [0.1] * 8)
    return model


def sparse():
    model = K.Sequential([K.Input((3,)), L.Dense(4, "softmax")])
    model.compile("sgd", K.losses.SparseCategoricalCrossentropy(), ["accuracy", K.metrics.SparseTopKCategoricalAccuracy(2)])
    return model


def metrics():
    x = K.Input((3,), name="x")
    model = K.Model(x, {"a": L.Dense(1, "sigmoid", name="a")(x), "b": L.Dense(2, "softmax", name="b")(x), "c": L.Dense(1, name="c")(x)})
    M = K.metrics
    model.compile(
        "adam",
        {"a": "binary_crossentropy", "b": K.losses.CategoricalCrossentropy(), "c": "mse"},
        {"a": ["accuracy", M.AUC(10), M.Precision(0.4), M.Recall(), M.TruePositives()], "b": ["acc", M.TopKCategoricalAccuracy(1)]},
        loss_weights={"a": 1.0, "b": 0.5, "c": 2.0},
        weighted_metrics={"c": ["mae", M.RootMeanSquaredError()]},
    )
    return model


def mixed():
    K.mixed_precision.set_global_policy("mixed_float16")
    x = K.Input((3,), name="x")
    model = K.Model(x, L.Dense(1, dtype="float32", name="out")(L.Dense(2, name="hidden")(x)))
    model.compile(O.Adam(0.01), "mse")
    return model


def partly_frozen():
    x = K.Input((3,), name="x")
    y = L.BatchNormalization(name="bn")(L.Dense(2, name="frozen", trainable=False)(x))
    model = K.Model(x, L.Dense(1, name="out")(L.LSTM(2, name="lstm")(L.Reshape((2, 1))(y))))
    model.compile(O.Adam(0.01), "mse", ["mae"])
    return model


MODELS = {f"optimizer_{name}": Model(compiled(make), 2) for name, make in OPTIMIZERS.items()}
MODELS.update({
    "not_trained": compiled(lambda: O.Adam(), "binary_crossentropy", metrics=["accuracy", "mae"]),
    "loss_names": Model(losses_by_name, 1),
    "loss_objects": Model(losses_as_objects, 1),
    "loss_sparse": sparse,
    "metrics": Model(metrics, 1),
    "optimizer_mixed_float16": Model(mixed, 1),
    "partly_frozen": Model(partly_frozen, 2),
})
