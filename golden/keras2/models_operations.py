"""Operations of TensorFlow between layers."""

import tensorflow as tf

K, L = tf.keras, tf.keras.layers


def two(shape=(4,)):
    return K.Input(shape, name="a"), K.Input(shape, name="b")


def arithmetic():
    a, b = two()
    return K.Model([a, b], [a + b, a - 1.0, 1 - b, a * 2, 3 * b, a / 3.5, 1 / (b + 3), a**2, -a, abs(b), a // 0.3, a % 0.7, a @ tf.transpose(b), 2.0**a])


def comparing():
    a, b = two()
    above = a > 0
    return K.Model([a, b], [tf.where(above, a, b), above & (b < 0.5), above | (a >= b), ~(a <= b), tf.equal(a, b), tf.not_equal(a, b), tf.math.logical_xor(above, b > 0), tf.cast(above, "int32")])


def slicing():
    x = K.Input((4, 5, 3), name="x")
    return K.Model(x, [x[:, 1], x[:, -1:, ::2], x[..., 0], x[:, tf.newaxis, 1:3], x[:, ::-1, 4], x[0]])


def elementwise():
    a, b = two()
    names = "exp log1p sin cos tan tanh sigmoid square sign floor ceil round rsqrt softplus softsign erf atan reciprocal".split()
    made = [getattr(tf.math, n)(a * a + 0.5 if n == "rsqrt" else a) for n in names if n != "reciprocal"]
    return K.Model([a, b], made + [tf.sqrt(tf.abs(a)), tf.math.log(a * a + 1.0), tf.maximum(a, b), tf.minimum(a, 0.1), tf.pow(a, 3.0), tf.math.squared_difference(a, b), tf.clip_by_value(a, -0.5, 0.5), tf.math.floormod(a, 0.3), tf.math.divide_no_nan(a, b), tf.math.reciprocal(a + 2.0), tf.atan2(a, b)])


def reducing():
    x = K.Input((4, 3), name="x")
    over = [getattr(tf, f"reduce_{n}") for n in ("sum", "mean", "max", "min", "prod", "logsumexp")]
    return K.Model(x, [f(x, axis=1) for f in over] + [tf.reduce_sum(x, axis=[1, 2], keepdims=True), tf.reduce_mean(x), tf.math.reduce_std(x, -1), tf.math.reduce_variance(x, -1), tf.reduce_any(x > 0, -1), tf.reduce_all(x > 0, -1), tf.argmax(x, -1), tf.argmin(x, 1), tf.norm(x, axis=-1), tf.cumsum(x, axis=1), tf.math.cumprod(x, axis=1)])


def shaping():
    x = K.Input((4, 3), name="x")
    y = K.Input((4, 3), name="y")
    return K.Model([x, y], [tf.reshape(x, [-1, 12]), tf.reshape(x, [tf.shape(x)[0], 2, 6]), tf.transpose(x, [0, 2, 1]), tf.expand_dims(x, 1), tf.squeeze(tf.expand_dims(x, -1), -1), tf.concat([x, y], -1), tf.stack([x, y], axis=1), *tf.split(x, 2, axis=1), *tf.unstack(x, axis=2), tf.tile(x, [1, 2, 1]), tf.repeat(x, 2, axis=1), tf.pad(x, [[0, 0], [1, 0], [0, 2]]), tf.reverse(x, [1]), tf.gather(x, [2, 0], axis=1), tf.add_n([x, y]), tf.zeros_like(x), tf.ones_like(x), tf.identity(x), tf.stop_gradient(x), tf.roll(x, 1, axis=1), tf.broadcast_to(tf.reduce_sum(x, 1, keepdims=True), tf.shape(x))])


def networks():
    x, y = K.Input((4, 4, 2), name="x"), K.Input((4,), name="y")
    kernel = tf.constant([[[[0.5, -0.5], [0.25, 1.0]]]])
    functions = [tf.nn.relu, tf.nn.relu6, tf.nn.elu, tf.nn.selu, tf.nn.softmax, tf.nn.log_softmax, tf.nn.swish, tf.nn.gelu, tf.nn.leaky_relu, tf.nn.softplus, tf.nn.tanh, tf.nn.sigmoid]
    return K.Model([x, y], [f(y) for f in functions] + [K.backend.relu(y, alpha=0.1, max_value=0.5), tf.nn.max_pool2d(x, 2, 2, "VALID"), tf.nn.avg_pool2d(x, 2, 2, "SAME"), tf.nn.conv2d(x, kernel, 1, "SAME"), tf.nn.l2_normalize(y, -1), tf.image.resize(x, (3, 5)), tf.nn.bias_add(x, [0.5, 1.0]), tf.one_hot(tf.argmax(y, -1), 4), tf.nn.top_k(y, 2).values])


def multiplying():
    a, b = K.Input((3, 4), name="a"), K.Input((4, 2), name="b")
    return K.Model([a, b], [a @ b, tf.matmul(b, a, transpose_a=True, transpose_b=True), tf.linalg.matmul(a, tf.constant([[1.0], [2.0], [3.0], [4.0]])), tf.tensordot(a, b, axes=[[2], [1]])])


def on_inner_models():
    """Operations that are several of Keras 3, on the second of two calls of a model inside."""
    x = K.Input((4,), name="x")
    inner = K.Sequential([L.Dense(4, input_shape=(4,), activation="tanh")], name="inner")
    y = K.Input((4,), name="y")
    graph = K.Model(y, L.Dense(4)(y), name="graph")
    once, twice = inner(x), inner(x * 2.0)
    first, second = graph(x), graph(twice)
    return K.Model(x, [tf.math.l2_normalize(twice, axis=-1), once * 0.5, tf.math.reduce_std(second, axis=-1), tf.norm(first, axis=-1)])


def constants():
    x = K.Input((3,), name="x")
    return K.Model(x, [x + [1.0, 2.0, 3.0], tf.constant([[1.0, 2.0, 3.0]]) * x, x * tf.constant(2.0), x + tf.constant([[0.5, float("inf"), -1.0]]), tf.cast(x, "float64") * 0.1])


def between_layers():
    x = K.Input((8, 8, 3), name="x")
    y = L.Conv2D(4, 3, padding="same")(tf.nn.relu(x / 127.5 - 1.0))
    y = tf.reduce_mean(y * tf.sigmoid(y) + 0.5, axis=[1, 2])
    return K.Model(x, L.Dense(2)(tf.concat([y, y[:, :2] ** 2], axis=1)))


MODELS = {
    "op_arithmetic": arithmetic,
    "op_comparing": comparing,
    "op_slicing": slicing,
    "op_elementwise": elementwise,
    "op_reducing": reducing,
    "op_shaping": shaping,
    "op_networks": networks,
    "op_multiplying": multiplying,
    "op_on_inner_models": on_inner_models,
    "op_constants": constants,
    "op_between_layers": between_layers,
}
