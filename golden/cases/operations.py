"""Expressions over symbolic tensors, each of which becomes a small Functional model.

A row names what it needs from keras.ops or does with Python operators; the inputs it mentions become Input layers.
"""

from harness.layer_case import b, f, i

INPUTS = {
    "x": f(2, 3, 4),
    "y": f(2, 3, 4),
    "z": f(2, 4, 3),
    "v": f(2, 4),
    "s": f(2, 1),
    "p": f(2, 3, 4, scale=0.75, offset=1.0),
    "u": f(2, 3, 4, scale=0.9),
    "h": f(2, 3, 4, dtype="float16"),
    "n": i(2, 3, low=-5, high=9),
    "d": i(2, 3, low=1, high=5),
    "w": i(2, 3, 4, low=0, high=4),
    "m": b(2, 3, 4),
    "o": b(2, 3, 4),
    "g": f(2, 5, 4, 3),
    "a": f(2, 3, 3, scale=0.2),
}

ARITHMETIC = """
x + y; x - y; x * y; x / p; x // p; x % p; p ** y; x @ z; x + v[:, None, :]; x + 1; x + 1.0; 1 + x; 2.5 + x; x - 1; 1 - x
x * 2; 2.0 * x; x / 2; 2 / p; x // 0.5; 2 // p; x % 2; 2 % p; p ** 2; p ** 0.5; 2 ** x; -x; abs(x)
n + 1; n + 1.5; n - d; n * 2; n * 0.5; n / d; n // d; n // 2; n % d; n % 3; d ** 2; -n; abs(n); 7 - n; n / 2
x > y; x >= y; x < y; x <= y; x != y; n != 3; x > 0; x >= 0.5; 0 < x; n != d; n > 2; n <= d
m & o; m | o; m ^ o; ~m; h + 1; h * x; h + n[:, :, None]; x * np.float32(2)
"""

INDEXING = """
x[0]; x[:, 0]; x[:, -1]; x[:, 1:]; x[:, :2]; x[:, ::2]; x[:, 1:3, 2]; x[..., 0]; x[..., 1:3]; x[:, None]; x[:, None, 1]
x[..., None]; x[:, :, ::-1]; x[:, -2:]; x[:, 1:-1, ..., None]; x[:, 1, 2]; n[:, 0]; x[:, :, 3:0:-2]; g[:, 1:3, ..., :2]
"""

ELEMENTWISE = """
ops.add(x, y); ops.subtract(x, 1); ops.multiply(x, y); ops.divide(x, p); ops.true_divide(x, 2); ops.floor_divide(x, p); ops.mod(x, p)
ops.power(p, 3); ops.maximum(x, y); ops.minimum(x, 0.0); ops.negative(x); ops.abs(x); ops.absolute(x); ops.square(x); ops.sqrt(p)
ops.rsqrt(p); ops.reciprocal(p); ops.exp(x); ops.expm1(x); ops.log(p); ops.log1p(p); ops.log2(p); ops.log10(p); ops.sin(x); ops.cos(x)
ops.tan(x); ops.arcsin(u); ops.arccos(u); ops.arctan(x); ops.sinh(x); ops.cosh(x); ops.tanh(x); ops.arcsinh(x); ops.arccosh(p + 1)
ops.arctanh(u); ops.arctan2(x, y); ops.floor(x * 3); ops.ceil(x * 3); ops.round(x * 3); ops.round(x, decimals=1); ops.trunc(x * 3); ops.sign(x)
ops.erf(x); ops.erfinv(u); ops.logaddexp(x, y); ops.clip(x, -0.5, 0.5); ops.clip(x, 0, 1); ops.isfinite(x); ops.isinf(x); ops.isnan(x)
ops.isclose(x, y); ops.nan_to_num(x / 0); ops.divide_no_nan(x, n[:, :, None]); ops.cast(x, "int32"); ops.cast(n, "float32"); ops.cast(x, "bool")
ops.cast(x, "float16"); ops.saturate_cast(x * 300, "uint8"); ops.stop_gradient(x); ops.copy(x); ops.conj(x); ops.real(x); ops.imag(x)
ops.equal(x, y); ops.not_equal(n, 0); ops.greater(x, y); ops.greater_equal(x, 0); ops.less(x, y); ops.less_equal(x, y); ops.logical_and(m, o)
ops.logical_or(m, o); ops.logical_xor(m, o); ops.logical_not(m); ops.where(m, x, y); ops.where(m, x, 0.0); ops.where(x > 0, x, -float("inf"))
ops.bitwise_and(n, d); ops.bitwise_or(n, d); ops.bitwise_xor(n, d); ops.bitwise_not(n); ops.bitwise_left_shift(d, d); ops.bitwise_right_shift(n, d)
ops.zeros_like(x); ops.ones_like(x); ops.full_like(x, 2.5); ops.zeros_like(x, dtype="int32"); ops.square(n); ops.sqrt(d); ops.exp(n); ops.maximum(n, 2)
"""

ACTIVATION = """
ops.relu(x); ops.relu6(x * 8); ops.sigmoid(x); ops.softplus(x); ops.softsign(x); ops.silu(x); ops.log_sigmoid(x); ops.leaky_relu(x)
ops.leaky_relu(x, negative_slope=0.1); ops.hard_sigmoid(x * 4); ops.hard_silu(x * 4); ops.elu(x); ops.elu(x, alpha=0.5); ops.selu(x); ops.gelu(x)
ops.gelu(x, approximate=False); ops.softmax(x); ops.softmax(x, axis=1); ops.log_softmax(x); ops.log_softmax(x, axis=1)
keras.activations.relu(x, negative_slope=0.1, max_value=0.5, threshold=0.1); keras.activations.exponential(x)
"""

REDUCTION = """
ops.sum(x); ops.sum(x, axis=1); ops.sum(x, axis=-1, keepdims=True); ops.sum(x, axis=(1, 2)); ops.mean(x); ops.mean(x, axis=1)
ops.mean(x, axis=[1, 2], keepdims=True); ops.mean(n, axis=1); ops.max(x, axis=1); ops.max(x); ops.min(x, axis=-1, keepdims=True); ops.amax(x, axis=1)
ops.amin(x, axis=1); ops.prod(x, axis=1); ops.var(x, axis=1); ops.std(x, axis=-1); ops.var(x, axis=1, keepdims=True); ops.all(m, axis=1)
ops.any(m, axis=-1); ops.any(m); ops.argmax(x, axis=1); ops.argmin(x, axis=-1); ops.argmax(x, axis=-1, keepdims=True); ops.logsumexp(x, axis=(1,)); ops.logsumexp(x)
ops.logsumexp(x, axis=(1, 2), keepdims=True); ops.cumsum(x, axis=1); ops.cumprod(x, axis=-1); ops.cumsum(n, axis=1); ops.count_nonzero(n, axis=1)
ops.median(x, axis=1); ops.average(x, axis=1)
ops.sort(x, axis=-1); ops.argsort(x, axis=1); ops.sum(n, axis=1); ops.sum(m, axis=1); ops.moments(x, axes=[1]); ops.normalize(x, axis=-1)
ops.top_k(x, 2); ops.top_k(x, k=3, sorted=True)
"""

SHAPE = """
ops.reshape(x, (-1, 12)); ops.reshape(x, (-1, 2, 6)); ops.reshape(x, [-1]); ops.transpose(x, (0, 2, 1)); ops.transpose(x); ops.expand_dims(x, 1)
ops.expand_dims(x, axis=-1); ops.squeeze(s, axis=1); ops.squeeze(ops.expand_dims(x, 2), axis=2); ops.concatenate([x, y], axis=1)
ops.concatenate([x, y]); ops.concatenate([x, y, x], axis=-1); ops.stack([x, y], axis=1); ops.stack([x, y], axis=-1); ops.split(x, 2, axis=-1)
ops.split(x, [1, 3], axis=2); ops.split(x, 3, axis=1); ops.swapaxes(x, 1, 2); ops.moveaxis(g, 1, -1); ops.moveaxis(g, [1, 2], [2, 1]); ops.flip(x, axis=1)
ops.flip(x, axis=-1); ops.roll(x, 1, axis=1); ops.roll(x, -2, axis=-1); ops.tile(x, [1, 2, 1]); ops.tile(v, [1, 3]); ops.repeat(x, 2, axis=1); ops.repeat(x, 3, axis=-1)
ops.pad(x, [[0, 0], [1, 2], [0, 1]]); ops.pad(x, [[0, 0], [1, 1], [2, 2]], constant_values=7); ops.pad(x, [[0, 0], [1, 1], [1, 1]], mode="reflect")
ops.broadcast_to(s, (2, 3)); ops.ravel(x); ops.hstack([x, y]); ops.vstack([x, y]); ops.append(x, y, axis=1); ops.take(x, [0, 2], axis=1)
ops.take(x, 1, axis=-1); ops.take_along_axis(x, w[:, :1, :] % 3, axis=1); ops.unstack(x, axis=1); ops.diff(x, axis=1); ops.tril(a); ops.triu(a, k=1)
ops.diagonal(a, axis1=1, axis2=2); ops.trace(a, axis1=1, axis2=2); ops.slice(x, [0, 1, 0], [2, 2, 3]); ops.one_hot(w[:, :, 0], 4)
ops.one_hot(d, num_classes=5, axis=1); ops.multi_hot(d, 6); ops.size(x); ops.ndim(x)
"""

PRODUCT = """
ops.matmul(x, z); ops.matmul(v[:, None], z); ops.dot(v, z[0]); ops.tensordot(x, z[0], axes=1); ops.tensordot(x, y, axes=[[1, 2], [1, 2]])
ops.einsum("abc,acd->abd", x, z); ops.einsum("...c,...c->...", x, y); ops.einsum("bij->bji", x); ops.outer(v, v); ops.vdot(v, v); ops.inv(a + ops.eye(3))
ops.cross(z, z + 1); ops.cholesky(ops.matmul(a, ops.transpose(a, (0, 2, 1))) + 0.1 * ops.eye(3)); ops.det(a)
"""

WINDOW = """
ops.max_pool(g, (2, 2), strides=(2, 2)); ops.max_pool(g, 2, strides=2); ops.max_pool(g, (2, 2), strides=1, padding="same"); ops.average_pool(g, 2, strides=2, padding="same"); ops.average_pool(g, 3, strides=1)
ops.conv(g, np.ones((2, 2, 3, 2), "float32") / 3, strides=1, padding="valid"); ops.depthwise_conv(g, np.ones((2, 2, 3, 1), "float32"), padding="same")
ops.image.resize(g, (3, 6)); ops.image.resize(g, (10, 8), interpolation="nearest"); ops.image.rgb_to_grayscale(g)
ops.image.pad_images(g, 1, 1, target_height=8, target_width=7); ops.image.crop_images(g, 1, 1, target_height=3, target_width=2)
ops.categorical_crossentropy(ops.softmax(x), ops.softmax(y)); ops.binary_crossentropy(ops.sigmoid(x), ops.sigmoid(y))
"""

GROUPS = [ARITHMETIC, INDEXING, ELEMENTWISE, ACTIVATION, REDUCTION, SHAPE, PRODUCT, WINDOW]
EXPRESSIONS = [e.strip() for g in GROUPS for line in g.strip().splitlines() for e in line.split(";")]
