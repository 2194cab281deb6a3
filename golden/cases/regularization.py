"""Noise layers: what they do when not training, and with a rate of nothing."""

from keras import layers as L

from harness.layer_case import X, Case, b, f

X3 = f(2, 4, 3)


def dropout():
    yield Case("defaults", lambda: L.Dropout(0.5), [X3])
    yield Case("all", lambda: L.Dropout(rate=0.25, noise_shape=(None, 1, 3), seed=42, name="drop"), [X3])
    yield Case("integer_zero", lambda: L.Dropout(0), [X3], training=True)
    yield Case("zero", lambda: L.Dropout(0.0), [X3], training=True)
    yield Case("integer_one", lambda: L.Dropout(1, seed=1), [X3])
    yield Case("masked", lambda: L.Dropout(0.5), [X3, b(2, 4)], args=[X], masks={0: 1})
    yield Case("float16", lambda: L.Dropout(0.5, dtype="mixed_float16"), [X3])


def spatial():
    for rank, shape in ((1, (2, 4, 3)), (2, (2, 3, 4, 2)), (3, (2, 2, 3, 2, 2))):
        make = getattr(L, f"SpatialDropout{rank}D")
        yield Case("defaults", lambda m=make: m(0.5), [f(*shape)])
        yield Case("all", lambda m=make: m(rate=0.25, seed=7, name="s", dtype="float16"), [f(*shape)])
        yield Case("zero", lambda m=make: m(0), [f(*shape)], training=True)
        if rank > 1:
            yield Case("channels_first", lambda m=make: m(0.3, data_format="channels_first"), [f(*shape)])


def noise():
    yield Case("gaussian_noise", lambda: L.GaussianNoise(0.1), [X3])
    yield Case("gaussian_noise_all", lambda: L.GaussianNoise(stddev=1, seed=3, name="n"), [X3])
    yield Case("gaussian_noise_zero", lambda: L.GaussianNoise(0), [X3], training=True)
    yield Case("gaussian_dropout", lambda: L.GaussianDropout(0.5), [X3])
    yield Case("gaussian_dropout_all", lambda: L.GaussianDropout(rate=0.2, seed=3, name="d"), [X3])
    yield Case("gaussian_dropout_zero", lambda: L.GaussianDropout(0), [X3], training=True)
    yield Case("alpha", lambda: L.AlphaDropout(0.5), [X3])
    yield Case("alpha_all", lambda: L.AlphaDropout(rate=0.2, noise_shape=[2, 1, 3], seed=3, name="a"), [X3])
    yield Case("alpha_zero", lambda: L.AlphaDropout(0), [X3], training=True)


def activity():
    yield Case("defaults", lambda: L.ActivityRegularization(), [X3])
    yield Case("all", lambda: L.ActivityRegularization(l1=0.1, l2=1, name="a"), [X3])


CASES = [dropout, spatial, noise, activity]
