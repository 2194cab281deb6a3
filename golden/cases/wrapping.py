"""Layers that hold others: spectral normalization and pipelines."""

from keras import layers as L

from harness.layer_case import X, Case, b, f, i


def spectral_normalization():
    yield Case("dense", lambda: L.SpectralNormalization(L.Dense(3)), [f(2, 4)], training=True)
    yield Case(
        "conv",
        lambda: L.SpectralNormalization(L.Conv2D(2, 2, name="inner"), power_iterations=3, name="norm"),
        [f(2, 4, 5, 3)],
        training=True,
    )
    yield Case("embedding", lambda: L.SpectralNormalization(L.Embedding(5, 3)), [i(2, 4, low=0, high=5)], until=(3, 7))
    yield Case("mixed_float16", lambda: L.SpectralNormalization(L.Dense(3), dtype="mixed_float16"), [f(2, 4)])
    yield Case("zeros", lambda: L.SpectralNormalization(L.Dense(3, trainable=False)), [f(2, 4)])


def pipeline():
    yield Case("rescaling", lambda: L.Pipeline([L.Rescaling(2.0), L.Flatten()]), [f(2, 4, 3)], batch=2)
    yield Case(
        "weights",
        lambda: L.Pipeline(layers=[L.Dense(3, activation="relu"), L.BatchNormalization(), L.Dense(2)], name="p"),
        [f(2, 4)],
        training=True,
        batch=2,
    )
    yield Case("mask", lambda: L.Pipeline([L.Dense(3), L.LSTM(2)]), [f(2, 4, 3), b(2, 4)], args=[X], masks={0: 1}, batch=2)
    yield Case("any_batch", lambda: L.Pipeline([L.Rescaling(2.0), L.Flatten()]), [f(2, 4, 3)], since=(3, 15))


CASES = [spectral_normalization, pipeline]
