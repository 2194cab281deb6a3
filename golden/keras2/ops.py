"""2.9/ops.json: functions of TensorFlow on symbolic tensors, each as a small Functional model of tf.keras.

Run it with the Python of an environment of TensorFlow 2.9: golden/keras2/ops.py
"""

import os
import sys
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
sys.path.insert(0, str(Path(__file__).parent.parent))

import numpy as np
import tensorflow as tf
from tensorflow import keras

from harness import text

K = keras.backend


def floats(k, *shape, low=-1.0, high=1.0, dtype="float32"):
    return np.random.RandomState(k).uniform(low, high, shape).round(3).astype(dtype)


def integers(k, *shape, low, high, dtype="int32"):
    return np.random.RandomState(k).randint(low, high, shape).astype(dtype)


INPUTS = {
    "x": floats(1, 2, 3, 4),
    "y": floats(2, 2, 3, 4),
    "z": floats(3, 2, 4, 3),
    "v": floats(4, 2, 4),
    "s": floats(5, 2, 1),
    "p": floats(6, 2, 3, 4, low=0.25, high=1.75),
    "u": floats(7, 2, 3, 4, low=-0.9, high=0.9),
    "h": floats(8, 2, 3, 4, dtype="float16"),
    "n": integers(9, 2, 3, low=-5, high=9),
    "d": integers(10, 2, 3, low=1, high=5),
    "w": integers(11, 2, 3, 4, low=0, high=3),
    "l": integers(12, 2, 3, low=-4, high=7, dtype="int64"),
    "m": integers(13, 2, 3, 4, low=0, high=2, dtype="bool"),
    "o": integers(14, 2, 3, 4, low=0, high=2, dtype="bool"),
    "g": floats(15, 2, 5, 4, 3),
    "a": floats(16, 2, 3, 3, low=-0.2, high=0.2),
    "q": floats(17, 2, 4, 6, 8),
    "b": integers(18, 2, 3, 4, low=0, high=255, dtype="uint8"),
    "e": floats(19, 2, 1, 4, 1),
    "c": floats(20, 3, 3, 2).T.copy(),
    "r": integers(21, 2, 3, low=-20, high=20),
}
FIXED = {"five": floats(30, 4, 5), "kernel": floats(31, 2, 2, 3, 2), "depthwise": floats(32, 2, 2, 3, 1), "line": floats(33, 2, 4, 5)}

OPERATORS = """
x + y; x - y; x * y; x / p; x // p; x % p; p ** y; x @ z; x + v[:, None, :]; x + 1; x + 1.0; 1 + x; 2.5 + x; x - 1; 1 - x
x * 2; 2.0 * x; 2 * x; x / 2; 2 / p; 1.0 / p; x // 0.5; 2 // p; x % 2; 2 % p; p ** 2; p ** 0.5; 2 ** x; -x; abs(x); x * -1.5
n + 1; n - d; n * 2; n / d; n // d; n // 2; r // d; r % d; n % 3; -n; abs(n); 7 - n; n / 2; l + 1; l * l; l / 2; l // 2; h * 0.5; h + 1; h / h
x > y; x >= y; x < y; x <= y; x > 0; x >= 0.5; 0 < x; n > 2; n <= d; m & o; m | o; m ^ o; ~m; n & d; n | d; n ^ d; ~n
x * np.float32(2); x * np.array([1.0, 2.0, 3.0, 4.0], "float32"); x + tf.constant([1.0, 2.0, 3.0, 4.0]); tf.constant([1.0, 2.0, 3.0, 4.0]) - x
n * tf.constant([1, 2, 3]); tf.constant([[1.0, 2.0, 3.0, 4.0]]) * v; x * 1e-7; x + 1e20
"""

INDEXING = """
x[0]; x[:, 0]; x[:, -1]; x[:, 1:]; x[:, :2]; x[:, ::2]; x[:, 1:3, 2]; x[..., 0]; x[..., 1:3]; x[:, None]; x[:, None, 1]; x[:, tf.newaxis, :, 0]
x[..., None]; x[:, :, ::-1]; x[:, -2:]; x[:, 1:-1, ..., None]; x[:, 1, 2]; n[:, 0]; x[:, :, 3:0:-2]; g[:, 1:3, ..., :2]; x[...]; x[:]
x[:, ::-1, ::-1]; tf.expand_dims(x[:, 0], 1); x[1:, 0]; g[:, ::2, ::2, :]; g[:, :, :, 0:1]; x[:, 2:0:-1]
"""

ELEMENTWISE = """
tf.add(x, y); tf.math.add(x, 1.0); tf.subtract(x, y); tf.multiply(x, y); tf.divide(x, p); tf.truediv(x, p); tf.math.floordiv(x, p); tf.realdiv(x, p)
tf.math.floormod(x, p); tf.math.mod(x, p); tf.pow(p, 3.0); tf.math.pow(p, y); tf.maximum(x, y); tf.maximum(x, 0.25); tf.minimum(x, 0.0); tf.minimum(x, y)
tf.negative(x); tf.abs(x); tf.math.abs(n); tf.square(x); tf.square(n); tf.sqrt(p); tf.math.rsqrt(p); tf.math.reciprocal(p); tf.math.reciprocal_no_nan(tf.nn.relu(x))
tf.exp(x); tf.math.expm1(x); tf.math.log(p); tf.math.log1p(p); tf.sin(x); tf.cos(x); tf.tan(x); tf.asin(u); tf.acos(u); tf.atan(x); tf.sinh(x); tf.cosh(x)
tf.tanh(x); tf.asinh(x); tf.acosh(p + 1.0); tf.atanh(u); tf.math.atan2(x, y); tf.floor(x * 3.0); tf.math.ceil(x * 3.0); tf.round(x * 3.0); tf.math.rint(x * 3.0)
tf.sign(x); tf.math.erf(x); tf.math.erfc(x); tf.math.erfinv(u); tf.math.lgamma(p); tf.math.sigmoid(x); tf.sigmoid(x); tf.math.softplus(x); tf.math.log_sigmoid(x)
tf.clip_by_value(x, -0.5, 0.5); tf.clip_by_value(x, 0, 1); tf.clip_by_value(n, 0, 3); tf.clip_by_value(x, tf.constant([-0.1, -0.2, -0.3, -0.4]), 0.3)
tf.clip_by_norm(v, 1.0); tf.clip_by_norm(x, 1.0, axes=[1]); tf.math.is_finite(x); tf.math.is_inf(x); tf.math.is_nan(x)
tf.math.divide_no_nan(x, tf.nn.relu(y)); tf.math.multiply_no_nan(x, tf.nn.relu(y)); tf.math.xlogy(tf.nn.relu(x), p); tf.math.xdivy(tf.nn.relu(x), p); tf.math.xlog1py(x, p)
tf.math.squared_difference(x, y); tf.math.squared_difference(x, 1.0); tf.cast(x, "int32"); tf.cast(x, tf.float16); tf.cast(n, "float32"); tf.cast(n, tf.float64)
tf.cast(x, "bool"); tf.cast(m, "float32"); tf.cast(b, "float32"); tf.cast(l, "int32"); tf.saturate_cast(x * 300.0, "uint8"); tf.dtypes.cast(x, tf.int64)
tf.stop_gradient(x); tf.identity(x); tf.math.conj(x); tf.math.real(x); tf.equal(n, d); tf.equal(x, y); tf.not_equal(n, 0); tf.greater(x, y); tf.greater_equal(x, 0.0)
tf.less(x, y); tf.less_equal(x, y); tf.math.equal(n, 2); tf.logical_and(m, o); tf.logical_or(m, o); tf.math.logical_xor(m, o); tf.logical_not(m)
tf.where(m, x, y); tf.where(m, x, 0.0); tf.where(x > 0, x, -1e9); tf.where(x > 0.0, x, tf.zeros_like(x)); tf.where(m, 1.0, x); tf.where(m, 1.0, 0.0); tf.where(n > 0, n, 0); tf.compat.v1.where(m, x, y)
tf.bitwise.bitwise_and(n, d); tf.bitwise.bitwise_or(n, d); tf.bitwise.bitwise_xor(n, d); tf.bitwise.invert(n); tf.bitwise.left_shift(d, d); tf.bitwise.right_shift(n, d)
tf.zeros_like(x); tf.ones_like(x); tf.ones_like(x, dtype="int32"); tf.zeros_like(n); tf.ones_like(n, dtype=tf.float32); tf.fill(tf.shape(x), 2.5); tf.add_n([x, y, p]); tf.math.accumulate_n([x, y]); tf.math.add_n([x, y]); tf.math.scalar_mul(2.0, x); tf.scalar_mul(0.5, x)
tf.math.bessel_i0(x); tf.math.nextafter(x, y); 
tf.math.truediv(n, d); tf.math.divide(n, d); tf.math.subtract(1.0, x); tf.math.multiply(2.0, x); tf.math.maximum(0.1, x); tf.math.negative(n); tf.math.sign(n); tf.math.square(h); tf.math.floor(x); tf.math.sqrt(h + 2)
"""

ACTIVATION = """
tf.nn.relu(x); tf.nn.relu(n); tf.nn.relu6(x * 8.0); tf.nn.sigmoid(x); tf.nn.softplus(x); tf.nn.softsign(x); tf.nn.silu(x); tf.nn.swish(x)
tf.nn.leaky_relu(x); tf.nn.leaky_relu(x, alpha=0.1); tf.nn.leaky_relu(x, 0.3); tf.nn.elu(x); tf.nn.selu(x); tf.nn.gelu(x); tf.nn.gelu(x, approximate=True); tf.nn.crelu(x); tf.nn.tanh(x)
tf.nn.softmax(x); tf.nn.softmax(x, axis=1); tf.nn.softmax(x, -1); tf.nn.softmax(g, axis=-2); tf.nn.log_softmax(x); tf.nn.log_softmax(x, axis=1); tf.math.softmax(x)
tf.math.softsign(x); tf.math.log_softmax(x); tf.nn.l2_normalize(x, axis=-1); tf.math.l2_normalize(x, axis=[1, 2]); tf.nn.l2_normalize(x, 1, epsilon=1e-6); tf.linalg.l2_normalize(v, axis=1); tf.nn.l2_loss(x) * s
keras.activations.relu(x); keras.activations.relu(x, alpha=0.1, max_value=0.5, threshold=0.1); keras.activations.exponential(x); keras.activations.hard_sigmoid(x * 3.0); keras.activations.linear(x) * 1.0
keras.activations.softmax(x); keras.activations.softmax(x, axis=1); keras.activations.swish(x); keras.activations.gelu(x)
keras.activations.elu(x, alpha=0.5); keras.activations.selu(x); keras.activations.tanh(x); keras.activations.sigmoid(x); keras.activations.softsign(x); keras.activations.softplus(x)
"""

REDUCTION = """
tf.reduce_sum(x); tf.reduce_sum(x, axis=1); tf.reduce_sum(x, axis=-1, keepdims=True); tf.reduce_sum(x, axis=(1, 2)); tf.reduce_sum(x, [1, 2], True); tf.reduce_mean(x); tf.reduce_mean(x, axis=1)
tf.reduce_mean(x, axis=[1, 2], keepdims=True); tf.math.reduce_mean(g, [1, 2]); tf.reduce_max(x, axis=1); tf.reduce_max(x); tf.reduce_min(x, axis=-1, keepdims=True); tf.reduce_prod(x, axis=1)
tf.math.reduce_variance(x, axis=1); tf.math.reduce_std(x, axis=-1, keepdims=True); tf.math.reduce_euclidean_norm(x, axis=1); tf.reduce_all(m, axis=1); tf.reduce_any(m, axis=-1); tf.reduce_any(m)
tf.argmax(x, axis=1); tf.argmin(x, axis=-1); tf.argmax(x, axis=-1, output_type="int32"); tf.argmax(x, -1); tf.math.argmax(x); tf.reduce_logsumexp(x, axis=(1,)); tf.reduce_logsumexp(x); tf.math.reduce_logsumexp(x, axis=[1, 2], keepdims=True)
tf.cumsum(x, axis=1); tf.cumsum(x); tf.cumsum(x, axis=1, reverse=True); tf.cumsum(x, axis=1, exclusive=True); tf.cumsum(n, axis=1, exclusive=True, reverse=True); tf.math.cumprod(x, axis=-1); tf.math.count_nonzero(n, axis=1); tf.math.count_nonzero(x, axis=1, dtype="int32")
tf.sort(x, axis=-1); tf.sort(x, axis=1, direction="DESCENDING"); tf.argsort(x, axis=1); tf.reduce_sum(n, axis=1); tf.reduce_mean(n, axis=1); tf.reduce_max(n, axis=1); tf.nn.moments(x, axes=[1]); tf.nn.moments(x, [1, 2], keepdims=True)
tf.math.top_k(x, 2); tf.nn.top_k(x, k=3); tf.math.top_k(x, 2).values; tf.math.in_top_k(n[:, 0], v, 2); tf.norm(x); tf.norm(x, axis=-1); tf.norm(x, axis=1, keepdims=True); tf.norm(x, ord=1, axis=-1); tf.linalg.norm(a, axis=[1, 2]); tf.norm(x, ord=np.inf, axis=2); tf.linalg.norm(v, ord="euclidean", axis=1)
tf.math.zero_fraction(x) * s; tf.reduce_sum(l, 1); tf.reduce_sum(h, 1); tf.reduce_mean(h, 1); tf.reduce_sum(x, axis=[-1]); tf.reduce_max(x, axis=[1, -1]); tf.reduce_sum(input_tensor=x, axis=1); tf.math.unsorted_segment_sum(v, tf.constant([0, 1]), 2); 
"""

SHAPE = """
tf.reshape(x, (-1, 12)); tf.reshape(x, [-1, 2, 6]); tf.reshape(x, [-1]); tf.reshape(x, [-1, tf.shape(x)[1], 2, 2]); tf.reshape(x, (tf.shape(x)[0], 12)); tf.reshape(x, [tf.shape(x)[0], -1, 2]); tf.reshape(g, tf.shape(g)); tf.reshape(x, tf.concat([tf.shape(x)[:1], [12]], 0)); tf.reshape(tf.reshape(x, [-1, 4]), [tf.shape(x)[0], -1, 4])
tf.transpose(x, (0, 2, 1)); tf.transpose(x, perm=[0, 2, 1]); tf.transpose(x); tf.linalg.matrix_transpose(x); tf.expand_dims(x, 1); tf.expand_dims(x, axis=-1); tf.squeeze(s, axis=1); tf.squeeze(e, axis=[1, 3]); tf.squeeze(e); tf.squeeze(s, [1]); tf.squeeze(e, -1)
tf.concat([x, y], axis=1); tf.concat([x, y], -1); tf.concat([x, y, x], axis=-1); tf.concat((x, y), 0); tf.stack([x, y], axis=1); tf.stack([x, y], axis=-1); tf.stack([x, y]); tf.split(x, 2, axis=-1); tf.split(x, [1, 2, 1], axis=2); tf.split(x, 3, 1); tf.split(x, [1, -1, 1], axis=2); tf.split(x, 4, axis=-1)[1]
tf.unstack(x, axis=1); tf.unstack(x, num=4, axis=-1); tf.reverse(x, axis=[1]); tf.reverse(x, [-1, 1]); tf.roll(x, 1, axis=1); tf.roll(x, shift=-2, axis=-1); tf.roll(x, shift=[1, 2], axis=[1, 2]); tf.tile(x, [1, 2, 1]); tf.tile(v, multiples=[1, 3]); tf.repeat(x, 2, axis=1); tf.repeat(x, repeats=3, axis=-1); tf.repeat(x, [1, 2, 1], axis=1)
tf.pad(x, [[0, 0], [1, 2], [0, 1]]); tf.pad(x, [[0, 0], [1, 1], [2, 2]], constant_values=7); tf.pad(x, [[0, 0], [1, 1], [1, 1]], mode="REFLECT"); tf.pad(x, [[0, 0], [1, 1], [1, 1]], "SYMMETRIC"); tf.pad(g, tf.constant([[0, 0], [1, 1], [1, 1], [0, 0]]), "CONSTANT"); tf.pad(x, paddings=[[0, 0], [0, 0], [0, 2]], constant_values=-1.0)
tf.broadcast_to(s, (2, 3)); tf.broadcast_to(s, [2, 3]); tf.broadcast_to(v[:, None], tf.shape(x)); tf.gather(x, [0, 2], axis=1); tf.gather(x, 1, axis=-1); tf.gather(x, [1, 0]); tf.gather(x, n * 0, axis=1, batch_dims=1); tf.gather(x, w[:, :, 0], batch_dims=1, axis=1); tf.gather(v, [[0, 1], [2, 3]], axis=1); tf.gather_nd(x, w[..., :2] * 0); tf.gather_nd(x, n[:, :1] * 0, batch_dims=1); tf.gather(c, w[:, 0])
tf.slice(x, [0, 1, 0], [2, 2, 3]); tf.slice(x, [0, 1, 0], [-1, 2, -1]); tf.strided_slice(x, [0, 0, 0], [2, 3, 4], [1, 2, 1]); tf.linalg.band_part(a, -1, 0); tf.linalg.band_part(a, 0, -1); tf.linalg.band_part(a, 1, 1); tf.linalg.diag_part(a); tf.linalg.trace(a); tf.linalg.diag(v); tf.linalg.set_diag(a, a[:, 0])
tf.one_hot(w[:, :, 0], 4); tf.one_hot(d, depth=5, axis=1); tf.one_hot(d, 3, on_value=2.0, off_value=-1.0); tf.one_hot(d, 5, dtype="int32"); tf.one_hot(n, 4, dtype=tf.float32); tf.size(x) * 2; tf.rank(x) * 2; tf.shape(x) + 0; tf.shape(x)[0] * n; tf.shape(x)[1:]; tf.range(4) + n[:, :1]; 
tf.zeros((tf.shape(x)[0], 3)) + s; tf.ones([tf.shape(x)[0], 2]) * s; tf.zeros(tf.shape(x)) + x; tf.boolean_mask(x, [True, False, True], axis=1); tf.sequence_mask(d[:, 0], 4); tf.sequence_mask(d, 5, dtype="float32"); tf.nn.space_to_depth(q, 2); tf.nn.depth_to_space(q, 2); tf.ensure_shape(x, [None, 3, 4]); 
"""

PRODUCTS = """
tf.matmul(x, z); tf.linalg.matmul(x, z); tf.matmul(x, y, transpose_b=True); tf.matmul(x, y, transpose_a=True); tf.matmul(x, x, False, True); x @ tf.constant(five); tf.matmul(v, tf.constant(five)); tf.tensordot(x, tf.constant(five), axes=1); tf.tensordot(x, five, [[2], [0]]); tf.tensordot(x, y, axes=[[1, 2], [1, 2]])
tf.einsum("abc,acd->abd", x, z); tf.linalg.matvec(x, v); tf.linalg.det(a + np.eye(3, dtype="float32")); tf.linalg.inv(a + np.eye(3, dtype="float32")); tf.linalg.cholesky(a @ tf.transpose(a, (0, 2, 1)) + np.eye(3, dtype="float32")); tf.linalg.cross(z, z + 1.0); tf.linalg.svd(a, compute_uv=False); tf.linalg.solve(a + np.eye(3, dtype="float32"), a); tf.linalg.adjoint(a); tf.linalg.logdet(a @ tf.transpose(a, (0, 2, 1)) + np.eye(3, dtype="float32"))
K.dot(v, K.constant(five)); K.batch_dot(x, z); K.batch_dot(x, y, axes=2); K.sum(x, axis=1); K.mean(x, axis=-1, keepdims=True); K.max(x, axis=1); K.min(x); K.std(x, axis=1); K.var(x, axis=1); K.prod(x, axis=1); K.sqrt(x); K.square(x); K.abs(x); K.exp(x); K.log(p); K.pow(p, 2); K.clip(x, -0.5, 0.5); K.clip(x, 0, None); K.maximum(x, y); K.minimum(x, 0.0); K.sign(x); K.round(x * 3.0)
K.softmax(x); K.sigmoid(x); K.tanh(x); K.relu(x); K.relu(x, alpha=0.1); K.relu(x, max_value=0.5); K.relu(x, alpha=0.1, max_value=0.5, threshold=0.1); K.relu(x, threshold=0.2); K.elu(x); K.elu(x, 0.5); K.softplus(x); K.softsign(x); K.hard_sigmoid(x * 3.0); K.l2_normalize(x, axis=-1); K.concatenate([x, y]); K.concatenate([x, y], axis=1); K.stack([x, y], axis=1); K.reshape(x, (-1, 12)); K.permute_dimensions(x, (0, 2, 1)); K.transpose(v); K.flatten(x); K.batch_flatten(x); K.expand_dims(x); K.expand_dims(x, 1); K.squeeze(s, 1); K.repeat(v, 3); K.repeat_elements(x, 2, 1); K.tile(v, [1, 2]); K.reverse(x, 1); K.reverse(x, [1, 2]); K.gather(x, [1, 0]); K.cast(x, "int32"); K.argmax(x); K.argmin(x, axis=1); K.any(m, axis=1); K.all(m, axis=1); K.cumsum(x, axis=1); K.cumprod(x, axis=1); K.equal(n, d); K.not_equal(n, d); K.greater(x, y); K.greater_equal(x, y); K.less(x, y); K.less_equal(x, y); K.switch(m, x, y); K.one_hot(w[:, :, 0], 4); K.zeros_like(x); K.ones_like(x); K.stop_gradient(x); K.cos(x); K.sin(x); K.temporal_padding(x); K.temporal_padding(x, (2, 1)); K.spatial_2d_padding(g); K.spatial_2d_padding(g, ((1, 2), (0, 1)), "channels_last"); K.resize_images(g, 2, 3, "channels_last"); K.resize_images(g, 2, 2, "channels_last", "bilinear"); K.pool2d(g, (2, 2)); K.pool2d(g, (2, 2), (2, 2), "same", pool_mode="avg"); K.conv2d(g, K.constant(kernel)); K.bias_add(x, K.constant([1.0, 2.0, 3.0, 4.0])); K.batch_normalization(x, 0.1, 1.2, 0.3, 0.9); K.categorical_crossentropy(K.softmax(x), K.softmax(y)); K.binary_crossentropy(K.sigmoid(x), K.sigmoid(y)); K.ndim(x) * x; K.shape(x)[0] * n; K.int_shape(x)[1] * x; K.in_top_k(v, n[:, 0], 2)
"""

NETWORK = """
tf.image.resize(g, (3, 6)); tf.image.resize(g, [10, 8], method="nearest"); tf.image.resize(g, (10, 8), "bilinear"); tf.image.resize(g, (10, 8), method="bicubic"); tf.image.resize(g, (3, 2), antialias=True); tf.image.resize(g, (10, 8), method=tf.image.ResizeMethod.NEAREST_NEIGHBOR); tf.image.resize(g, (7, 9), method="lanczos3"); tf.image.resize(g, (3, 2), method="area"); tf.image.resize(g, (8, 8), preserve_aspect_ratio=True); tf.image.resize(g, tf.shape(q)[1:3]); tf.image.resize(g, (tf.shape(g)[1] * 2, 8)); tf.image.resize(g, (10, 8), "mitchellcubic"); tf.image.resize(b[..., None], (6, 8)); tf.image.resize(b[..., None], (6, 8), "nearest")
tf.compat.v1.image.resize_images(g, (10, 8)); tf.image.rgb_to_grayscale(g); tf.image.grayscale_to_rgb(g[..., :1]); tf.image.flip_left_right(g); tf.image.flip_up_down(g); tf.image.rot90(g); tf.image.transpose(g); tf.image.crop_to_bounding_box(g, 1, 1, 3, 2); tf.image.pad_to_bounding_box(g, 1, 1, 8, 7); tf.image.central_crop(g, 0.5); tf.image.per_image_standardization(g); tf.image.adjust_brightness(g, 0.1); tf.image.rgb_to_hsv(tf.nn.sigmoid(g)); tf.image.hsv_to_rgb(tf.nn.sigmoid(g)); tf.image.total_variation(g); tf.image.ssim(g, g * 0.5, 1.0, filter_size=3); tf.image.extract_patches(g, [1, 2, 2, 1], [1, 1, 1, 1], [1, 1, 1, 1], "VALID"); tf.image.convert_image_dtype(b, tf.float32); tf.image.adjust_gamma(tf.nn.sigmoid(g), 0.5); 
tf.nn.max_pool(g, 2, 2, "VALID"); tf.nn.max_pool2d(g, (2, 2), (1, 1), "SAME"); tf.nn.max_pool2d(g, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding="VALID"); tf.nn.avg_pool(g, 2, 2, "SAME"); tf.nn.avg_pool2d(g, 3, 1, "VALID"); tf.nn.max_pool1d(x, 2, 1, "VALID"); tf.nn.avg_pool1d(x, 2, 1, "SAME"); tf.nn.pool(g, [2, 2], "MAX", strides=[2, 2], padding="VALID"); tf.nn.pool(g, [2, 2], "AVG", strides=[1, 1], padding="SAME")
tf.nn.conv2d(g, tf.constant(kernel), 1, "VALID"); tf.nn.conv2d(g, kernel, strides=[1, 2, 2, 1], padding="SAME"); tf.nn.conv2d(g, kernel, 1, "SAME", dilations=2); tf.nn.depthwise_conv2d(g, depthwise, [1, 1, 1, 1], "SAME"); tf.nn.conv1d(x, line, 1, "SAME"); tf.nn.conv2d(g, kernel, 1, [[0, 0], [1, 1], [1, 1], [0, 0]]); tf.nn.convolution(g, kernel, strides=1, padding="VALID"); tf.nn.conv2d_transpose(g, np.transpose(kernel, (0, 1, 3, 2)), [2, 10, 8, 2], 2, "SAME"); tf.nn.bias_add(x, tf.constant([1.0, 2.0, 3.0, 4.0])); tf.nn.bias_add(x, [1.0, 2.0, 3.0, 4.0])
tf.nn.batch_normalization(x, 0.1, 1.2, 0.3, 0.9, 1e-3); tf.nn.local_response_normalization(g); tf.nn.lrn(g, depth_radius=1, bias=1.0, alpha=0.5, beta=0.5); tf.nn.zero_fraction(x) * s; tf.nn.embedding_lookup(five, w); tf.nn.sigmoid_cross_entropy_with_logits(y, x); tf.nn.sigmoid_cross_entropy_with_logits(labels=tf.nn.sigmoid(y), logits=x); tf.nn.softmax_cross_entropy_with_logits(tf.nn.softmax(y), x); tf.nn.sparse_softmax_cross_entropy_with_logits(w[:, :, 0], x); tf.nn.normalize_moments(2.0, x, p, None)
 tf.signal.frame(x[:, 0], 2, 1); tf.debugging.check_numerics(x, "x"); tf.debugging.assert_all_finite(x, "x"); tf.searchsorted(tf.sort(x), y); tf.tensor_scatter_nd_update(x, [[0, 0, 0]], [5.0]); tf.foldl(lambda i, j: i + j, x); tf.losses.mean_squared_error(x, y); tf.keras.losses.mse(x, y); tf.keras.losses.cosine_similarity(x, y); tf.keras.losses.binary_crossentropy(tf.nn.sigmoid(x), tf.nn.sigmoid(y)); tf.keras.losses.kld(tf.nn.softmax(x), tf.nn.softmax(y)); tf.keras.metrics.mae(x, y)
"""

CHAINS = """
tf.nn.relu(tf.matmul(x, z) * 0.5 + 1.0)[:, 0]; tf.concat([x[:, :1], tf.reduce_mean(x, 1, keepdims=True)], axis=1); tf.exp(0.5 * x) * y + tf.reduce_sum(x * y, axis=-1, keepdims=True); tf.abs(x - y) / (tf.abs(x) + tf.abs(y) + 1e-7); tf.stack([s, s * 2.0, 1.0 - s], axis=-1)[..., 0]
"""


def expressions():
    groups = [OPERATORS, INDEXING, ELEMENTWISE, ACTIVATION, REDUCTION, SHAPE, PRODUCTS, NETWORK, CHAINS]
    return [row.strip() for group in groups for row in group.replace("\n", ";").split(";") if row.strip()]


class Used(dict):
    """The inputs that an expression asks for, as Input layers made when it asks."""

    def __init__(self):
        self.symbols = {}

    def __missing__(self, name):
        if name not in INPUTS:
            raise KeyError(name)
        if name not in self.symbols:
            array = INPUTS[name]
            self.symbols[name] = keras.Input(array.shape[1:], dtype=array.dtype.name, name=name)
        return self.symbols[name]


def run(expression):
    keras.backend.clear_session()
    used = Used()
    names = {"tf": tf, "keras": keras, "K": K, "np": np, **FIXED}
    outputs = eval(expression, names, used)
    outputs = tf.nest.flatten(outputs)
    model = keras.Model(list(used.symbols.values()), outputs if len(outputs) > 1 else outputs[0], name="m")
    given = [INPUTS[name] for name in used.symbols]
    results = model(given if len(given) > 1 else given[0], training=False)
    return {
        "id": expression,
        "config_text": model.to_json(),
        "inputs": [{"name": name, **text.tensor(INPUTS[name])} for name in used.symbols],
        "outputs": [text.tensor(np.asarray(t)) for t in tf.nest.flatten(results)],
    }


def generate(folder):
    records, failures = [], 0
    for expression in expressions():
        try:
            records.append(run(expression))
        except Exception as error:
            failures += 1
            print(f"--- {expression}: {type(error).__name__} {str(error).splitlines()[0][:160]}")
    lines = ",\n".join(text.dump(record) for record in records)
    folder.mkdir(exist_ok=True)
    (folder / "ops.json").write_bytes(f'{{"cases":[\n{lines}\n]}}\n'.encode())
    print(f"ops.json: {len(records)} cases, left out {failures}")
    return 0


if __name__ == "__main__":
    sys.exit(generate(Path(__file__).parent.parent / "2.9"))
