"""Normalizing layers."""

from keras import constraints as C
from keras import initializers as I
from keras import layers as L
from keras import regularizers as R

from harness.layer_case import X, Y, Case, b, f, i

SCALE_AND_SHIFT = dict(
    beta_initializer=I.Constant(0.1),
    gamma_initializer=I.RandomUniform(0.9, 1.1, seed=1),
    beta_regularizer="l1",
    gamma_regularizer=R.L2(0.3),
    beta_constraint="non_neg",
    gamma_constraint=C.MaxNorm(3, axis=0),
)


def batch():
    x, x4 = f(4, 3), f(2, 3, 2, 4)
    yield Case("defaults", lambda: L.BatchNormalization(), [x], training=True)
    yield Case(
        "all",
        lambda: L.BatchNormalization(
            axis=1,
            momentum=0.9,
            epsilon=0.01,
            center=True,
            scale=True,
            moving_mean_initializer="ones",
            moving_variance_initializer=I.Constant(2.0),
            synchronized=False,
            name="bn",
            **SCALE_AND_SHIFT,
        ),
        [x4],
        training=True,
    )
    yield Case("integers", lambda: L.BatchNormalization(momentum=1, epsilon=1), [x], training=True)
    yield Case("no_center", lambda: L.BatchNormalization(center=False), [x4], training=True)
    yield Case("no_scale", lambda: L.BatchNormalization(scale=False), [x4], training=True)
    yield Case("neither", lambda: L.BatchNormalization(center=False, scale=False), [x])
    yield Case("frozen", lambda: L.BatchNormalization(trainable=False), [x], training=True)
    yield Case("mask", lambda: L.BatchNormalization(), [f(2, 3, 4), b(2, 3)], args=[X], kwargs={"mask": Y}, training=True)
    yield Case("mixed_float16", lambda: L.BatchNormalization(dtype="mixed_float16"), [x], training=True)
    yield Case("bfloat16", lambda: L.BatchNormalization(dtype="bfloat16"), [x])
    yield Case("float64", lambda: L.BatchNormalization(dtype="float64"), [x], training=True)


def renorm():
    def case(id, x=f(4, 3), **options):
        return Case(id, lambda: L.BatchNormalization(renorm=True, **options), [x], since=(3, 14), training=True)

    yield case("renorm")
    bounds = {"rmin": 0.5, "rmax": 1.5, "dmax": 0.25}
    yield case("renorm_clipped", f(2, 3, 2, 4), axis=1, renorm_clipping=bounds, renorm_momentum=0.5, momentum=0.75)
    yield case("renorm_plain", center=False, scale=False, renorm_clipping={"rmax": 2.0})
    yield case("renorm_initial", moving_variance_initializer=I.Constant(4.0), name="bn")
    yield case("renorm_mixed", dtype="mixed_float16", epsilon=0.01)


def layer():
    x, x4 = f(4, 3), f(2, 3, 2, 4)
    yield Case("defaults", lambda: L.LayerNormalization(), [x])
    yield Case(
        "all",
        lambda: L.LayerNormalization(
            axis=[2, 3], epsilon=1e-5, center=True, scale=True, rms_scaling=False, name="ln", **SCALE_AND_SHIFT
        ),
        [x4],
    )
    yield Case("axis_integer", lambda: L.LayerNormalization(axis=2, epsilon=1), [x4])
    yield Case("axis_tuple", lambda: L.LayerNormalization(axis=(1, -1)), [x4])
    yield Case("no_center", lambda: L.LayerNormalization(center=False), [x4])
    yield Case("no_scale", lambda: L.LayerNormalization(scale=False), [x4])
    yield Case("mixed_float16", lambda: L.LayerNormalization(dtype="mixed_float16"), [x])
    yield Case("masked", lambda: L.LayerNormalization(), [f(2, 3, 4), b(2, 3)], args=[X], masks={0: 1})


def rms_scaling():
    yield Case("rms_scaling", lambda: L.LayerNormalization(rms_scaling=True), [f(2, 3, 4)])


def group():
    x = f(2, 3, 2, 4)
    yield Case("four", lambda: L.GroupNormalization(groups=2), [x])
    yield Case("default_groups", lambda: L.GroupNormalization(), [f(2, 3, 32)])
    yield Case("instance", lambda: L.GroupNormalization(groups=-1), [x])
    yield Case(
        "all",
        lambda: L.GroupNormalization(
            groups=3, axis=1, epsilon=0.01, center=True, scale=True, name="gn", **SCALE_AND_SHIFT
        ),
        [x],
    )
    yield Case("plain", lambda: L.GroupNormalization(groups=1, center=False, scale=False), [x])
    yield Case("float16", lambda: L.GroupNormalization(groups=2, dtype="mixed_float16"), [x])


def unit():
    yield Case("defaults", lambda: L.UnitNormalization(), [f(4, 3)])
    yield Case("axis", lambda: L.UnitNormalization(axis=1, name="u"), [f(2, 3, 2, 4)])
    yield Case("axes", lambda: L.UnitNormalization(axis=[1, 2]), [f(2, 3, 2, 4)])
    yield Case("float16", lambda: L.UnitNormalization(dtype="float16"), [f(4, 3)])


def rms():
    x, x4 = f(4, 3), f(2, 3, 2, 4)
    new = dict(since=(3, 9))
    yield Case("defaults", lambda: L.RMSNormalization(), [x], **new)
    yield Case("all", lambda: L.RMSNormalization(axis=[3, 2], epsilon=0.01, name="rms"), [x4], **new)
    yield Case("axis_integer", lambda: L.RMSNormalization(axis=3, epsilon=1), [x4], **new)
    yield Case("mixed_float16", lambda: L.RMSNormalization(dtype="mixed_float16"), [x], **new)
    yield Case("bfloat16", lambda: L.RMSNormalization(dtype="bfloat16"), [x], **new)
    yield Case("float64", lambda: L.RMSNormalization(dtype="float64"), [x], **new)
    yield Case("integers", lambda: L.RMSNormalization(), [i(4, 3)], **new)
    yield Case("masked", lambda: L.RMSNormalization(), [f(2, 3, 4), b(2, 3)], args=[X], masks={0: 1}, **new)


CASES = [batch, renorm, layer, rms_scaling, group, unit, rms]
