"""Functional models: what is shared, nested, named and structured."""

import tensorflow as tf

from . import fixed
from .custom import Mine, Scale, double_and_shift

K, L = tf.keras, tf.keras.layers


def shared_layers():
    a, b = K.Input((3,), name="a"), K.Input((3,), name="b")
    shared = L.Dense(4, name="shared")
    return K.Model([a, b], L.Concatenate(name="join")([shared(a), shared(b)]), name="sharing")


def inner_model(name="inner"):
    x = K.Input((3,), name="x")
    return K.Model(x, [L.Dense(2, name="two")(x), L.Dense(3, name="three")(x)], name=name)


def nested_three():
    inner, x = inner_model(), K.Input((3,), name="start")
    _, y = inner(x)
    _, z = inner(y)
    return K.Model(x, inner(z))


def nested_deep():
    x = K.Input((3,), name="x")
    middle_in = K.Input((3,), name="m")
    middle = K.Model(middle_in, L.Dense(3, name="after")(inner_model()(middle_in)[1]), name="middle")
    row = K.Sequential([L.Dense(3), L.Dense(3)], name="row")
    return K.Model(x, L.Add()([middle(x), row(x), row(middle(row(x)))]), name="outer")


def nested_frozen():
    x, inner = K.Input((3,), name="x"), K.Sequential([L.Dense(3, input_shape=(3,)), L.BatchNormalization()], name="inner")
    inner.trainable = False
    return K.Model(x, L.Dense(2)(inner(x)))


def dicts():
    a, b = K.Input((3,), name="a"), K.Input((2,), name="b")
    joined = L.Concatenate(name="c")([a, b])
    return K.Model({"right": b, "left": a}, {"z": L.Dense(1, name="dz")(joined), "y": L.Dense(2, name="dy")(joined)}, name="dicts")


def lists():
    a, b = K.Input((3,), name="a"), K.Input((3,), name="b")
    return K.Model([[a], b], [L.Dense(1)(a), [L.Dense(2)(b), L.Add()([a, b])]])


def one_in_a_list():
    x = K.Input((3,), name="x")
    return K.Model([x], [L.Dense(2)(x)])


def input_is_output():
    a, b = K.Input((3,), name="a"), K.Input((2,), batch_size=2, dtype="int32", name="b")
    return K.Model([a, b], [a, L.Dense(2)(a), b])


def own_class():
    x = K.Input((3,), name="x")
    return Mine(x, L.Dense(2, activation=double_and_shift)(Scale(2.0)(x)), name="own")


def slashes():
    x = K.Input((3,), name="in/put")
    y = L.Dense(3, name="block/dense")(x)
    inner_x = K.Input((3,), name="block/x")
    inner = K.Model(inner_x, L.Dense(2, name="block/dense")(inner_x), name="block/model")
    return K.Model(x, inner(L.BatchNormalization(name="block/bn")(y)), name="with/slashes")


def odd_names():
    x = K.Input((3,), name="größe")
    y = L.Dense(3, name="9.a-b>c")(x)
    return K.Model(x, L.Dense(2, name="back\\slash")(y), name="名前")


def penalties():
    initializers = ["zeros", "ones", "random_normal", "random_uniform", "truncated_normal", "variance_scaling", "lecun_normal", "lecun_uniform", "glorot_normal", "glorot_uniform", "he_normal", "he_uniform", "orthogonal", "identity", K.initializers.Constant(0.5), K.initializers.RandomNormal(1, 2, seed=3)]
    # Of each layer two, one for the kernel and one for the bias.
    regularizers = ["l1", "l2", "l1_l2", K.regularizers.L1(0.3), K.regularizers.L2(1e-16), K.regularizers.OrthogonalRegularizer(), None]
    constraints = ["max_norm", "non_neg", "unit_norm", K.constraints.MinMaxNorm(0.1, 0.9, 0.5, axis=1), K.constraints.MaxNorm(2, [0]), None]
    layers = [K.Input((2,))]
    for n in range(0, len(initializers), 2):
        kernel = dict(kernel_initializer=initializers[n], kernel_regularizer=regularizers[n % 7], kernel_constraint=constraints[n % 6])
        bias = dict(bias_initializer=initializers[n + 1] if n != 12 else "zeros", bias_regularizer=regularizers[(n + 1) % 5], bias_constraint=constraints[(n + 1) % 3])
        layers.append(L.Dense(2, name=f"d{n}", **kernel, **bias))
    return K.Sequential(layers)


def shared_initializer():
    x = K.Input((3,), name="x")
    initializer = K.initializers.RandomUniform(seed=4)
    return K.Model(x, L.Dense(2, kernel_initializer=initializer)(L.Dense(3, kernel_initializer=initializer)(x)))


def mixed_float16():
    K.mixed_precision.set_global_policy("mixed_float16")
    x = K.Input((3,), name="x")
    y = L.BatchNormalization()(L.Dense(4, "relu")(x))
    return K.Model(x, L.Activation("softmax", dtype="float32")(L.Dense(2)(y)))


def dtypes():
    x = K.Input((3,), dtype="float64", name="x")
    y = L.Dense(2, dtype="float16")(x)
    return K.Model(x, [L.Dense(2, dtype="float64")(x), L.Dense(2, dtype="mixed_bfloat16")(y), y])


def added_losses():
    x = K.Input((3,), name="x")
    y = L.Dense(2, activity_regularizer="l2", name="y")(x)
    model = K.Model(x, y)
    model.add_loss(tf.reduce_mean(tf.square(y)) * 0.5)
    model.add_metric(tf.reduce_sum(y, axis=-1), name="total", aggregation="mean")
    return model


def python_lambda():
    x = K.Input((3,), name="x")
    y = L.Lambda(fixed.function("lambda t, by: t * by"), arguments={"by": 2.0}, name="twice")(x)
    return K.Model(x, L.Lambda(K.backend.square, name="square")(y))


MODELS = {
    "shared_layers": shared_layers,
    "nested_three": nested_three,
    "nested_deep": nested_deep,
    "nested_frozen": nested_frozen,
    "dicts": dicts,
    "lists": lists,
    "one_in_a_list": one_in_a_list,
    "input_is_output": input_is_output,
    "own_class": own_class,
    "slashes": slashes,
    "odd_names": odd_names,
    "initializers": penalties,
    "shared_initializer": shared_initializer,
    "mixed_float16": mixed_float16,
    "dtypes": dtypes,
    "added_losses": added_losses,
    "python_lambda": python_lambda,
}
