"""Expressions as those of `operations`, by module of Keras: what that has not, and more ways to call what it has."""

from cases.operations import INPUTS as BASE
from harness.layer_case import b, f, i, literal

NAN, INF = "NaN", "Infinity"

INPUTS = {
    **BASE,
    "e": literal("float32", (2, 3, 4), [1, NAN, 3, -2, NAN, 0.5, 2, 7, -1, 4, NAN, NAN] + [0.25, -3, NAN, 9, NAN, NAN, NAN, NAN, 5, 6, -7, 8]),
    "c": literal("float32", (2, 4), [INF, 0.0, -1.5, "-Infinity", NAN, 2.5, -0.5, 3.0]),
    "k": f(2, 3, 4, dtype="bfloat16"),
    "l": f(5, offset=0.5),
    "r": f(2, 7),
    "q": f(2, 7, scale=3.0),
    "t": i(2, 6, low=0, high=5),
    "j": i(2, 3, 4, low=-20, high=20),
    "ub": i(2, 3, low=0, high=200, dtype="uint8"),
    "ib": i(2, 3, low=-9, high=9, dtype="int8"),
    "bb": b(2, 3),
    "f8": f(2, 4, 4, 8),
    "f6": f(2, 6, 6, 2),
    "c2": f(2, 2, 6, 6),
}

ELEMENTWISE = """
ops.allclose(x, y); ops.allclose(x, x + 1e-7, rtol=1e-3); ops.angle(x); ops.angle(n); ops.cbrt(x); ops.cbrt(n); ops.deg2rad(x); ops.deg2rad(n); ops.exp2(x); ops.exp2(n)
ops.fabs(x); ops.fabs(n); ops.fmax(e, x); ops.fmin(e, x); ops.fmax(n, d); ops.fmin(n, 2); ops.fmod(x, p); ops.fmod(n, d); ops.fmod(n, 2.5); ops.gcd(n, d); ops.lcm(n, d); ops.gcd(n, 6)
ops.heaviside(x, y); ops.heaviside(n, 0.5); ops.heaviside(n, d); ops.hypot(x, y); ops.hypot(n, d); ops.i0(x); ops.i0(x * 12); ops.isneginf(c); ops.isposinf(c); ops.isneginf(n); ops.isposinf(n)
ops.isreal(x); ops.isreal(n); ops.ldexp(x, w); ops.ldexp(n, d); ops.logaddexp2(x, y); ops.logaddexp2(n, d); ops.nextafter(x, y); ops.rad2deg(x); ops.rad2deg(n); ops.signbit(c); ops.signbit(n); ops.signbit(x)
ops.sinc(x); ops.sinc(n); ops.inner(v, v[:, ::-1]); ops.inner(x, v); ops.erfc(x); ops.erfc(x * 6); ops.erfc(n); ops.fabs(h); ops.cbrt(h); ops.sinc(h); ops.exp2(h); ops.exp2(k); ops.hypot(h, h); ops.fmax(h, x)
ops.abs(bb); ops.gcd(ub, ub); ops.heaviside(ub, ub); ops.fmod(ub, 7); ops.signbit(ib); ops.fabs(ub); ops.cbrt(ib); ops.lcm(ub, ib); ops.hypot(ub, ib)
ops.psnr(x, y, max_val=2.0); ops.correlate(v[0], v[1]); ops.correlate(v[0], r[0, :3]); ops.correlate(v[0], r[0, :3], mode="same"); ops.correlate(v[0], r[0, :3], "full"); ops.correlate(r[0, :3], v[0]); ops.correlate(r[0, :3], v[0], mode="same"); ops.correlate(r[0], v[0], mode="same"); ops.correlate(t[0], t[1, :4]); ops.correlate(t[0], t[1], mode="full")
ops.select([x > 0.5, x < -0.5], [x, y], default=2.5); ops.select([m, o], [n[:, :, None], 1], 0); ops.select([m], [x]); ops.isin(n, d); ops.isin(n, [1, 2, 3]); ops.isin(x, y, invert=True); ops.isin(n, d, assume_unique=True)
ops.isclose(x, y, rtol=0.5, atol=0.1, equal_nan=True); ops.isclose(e, e, equal_nan=True); ops.isclose(n, d); ops.nan_to_num(c, nan=1.0, posinf=9.0, neginf=-9.0); ops.clip(n, 0, 3); ops.clip(n, 0.5, 3.5); ops.clip(m, 0, 1)
ops.true_divide(n, 2); ops.reciprocal(n); ops.round(x, 2); ops.round(n, 1); ops.negative(ub); ops.sign(c); ops.sign(ub); ops.square(m); ops.trunc(n); ops.view(x, "int32"); ops.view(n, dtype="float32"); ops.view(ub, dtype="int8"); ops.view(x)
"""

REDUCTION = """
ops.nanmax(e); ops.nanmax(e, axis=2); ops.nanmax(e, axis=(1, 2), keepdims=True); ops.nanmin(e); ops.nanmin(e, axis=1); ops.nanmin(e, axis=2, keepdims=True); ops.nansum(e); ops.nansum(e, axis=2); ops.nansum(n, axis=1)
ops.nanprod(e); ops.nanprod(e, axis=2); ops.nanprod(n, axis=1, keepdims=True); ops.nanmean(e); ops.nanmean(e, axis=2); ops.nanmean(n, axis=1); ops.nanstd(e); ops.nanstd(e, axis=2); ops.nanvar(e); ops.nanvar(e, axis=1, keepdims=True)
ops.nanvar(n, axis=1); ops.nanargmax(e, axis=2); ops.nanargmax(e); ops.nanargmin(e, axis=1); ops.nanargmin(e, axis=2, keepdims=True); ops.nanargmin(n, axis=1); ops.nancumsum(e, axis=2); ops.nancumsum(e); ops.nancumprod(e, axis=1); ops.nancumsum(n, axis=1)
ops.nancumprod(n, axis=1, dtype="float32"); ops.nanmedian(e); ops.nanmedian(e, axis=2); ops.nanmedian(e, axis=(1, 2), keepdims=True); ops.nanmedian(x, axis=1); ops.nanquantile(e, 0.3, axis=2); ops.nanquantile(e, [0.25, 0.75], axis=1); ops.nanquantile(e, 0.6)
ops.nanquantile(e, 0.6, axis=2, method="nearest", keepdims=True); ops.nanpercentile(e, 30, axis=2); ops.nanpercentile(e, [10, 90], axis=1, method="lower"); ops.percentile(x, 30); ops.percentile(x, 30, axis=1); ops.percentile(x, [25.5, 50.5], axis=2, keepdims=True)
ops.percentile(x, 60, axis=1, method="higher"); ops.percentile(n, 50, axis=1, method="midpoint"); ops.percentile(x, 45, axis=-1, method="nearest"); ops.quantile(x, 0.3); ops.quantile(x, 0.3, axis=1); ops.quantile(x, [0.25, 0.5], axis=(1, 2)); ops.quantile(x, 0.5, axis=1, method="nearest")
ops.ptp(x); ops.ptp(x, axis=1); ops.ptp(n, axis=1, keepdims=True); ops.ptp(x, axis=(1, 2)); ops.trapezoid(x); ops.trapezoid(x, dx=0.5, axis=1); ops.trapezoid(x, y, axis=-1); ops.trapezoid(n, axis=1); ops.corrcoef(v); ops.corrcoef(n)
ops.average(x, axis=1, weights=y); ops.average(x); ops.average(n, axis=1); ops.max(x, axis=1, initial=0.5); ops.min(x, initial=-0.25); ops.max(x, axis=(1, 2), keepdims=True, initial=2); ops.amax(x, axis=(1, 2), keepdims=True); ops.amin(x)
ops.prod(n, axis=1); ops.prod(x, axis=(1, 2), keepdims=True, dtype="float16"); ops.sum(ub, axis=1); ops.sum(ib, axis=1); ops.prod(ub, axis=1); ops.mean(ub, axis=1); ops.mean(h, axis=1); ops.var(h, axis=1); ops.std(n, axis=1); ops.var(m, axis=1); ops.std(ub); ops.mean(m)
ops.all(n, axis=1); ops.any(x, axis=(1, 2), keepdims=True); ops.all(m); ops.argmax(x); ops.argmin(x, axis=1, keepdims=True); ops.argmax(n, axis=1); ops.count_nonzero(x); ops.count_nonzero(m, axis=(1, 2)); ops.median(x); ops.median(n, axis=1); ops.median(x, axis=(1, 2), keepdims=True)
ops.cumsum(x); ops.cumsum(m, axis=1); ops.cumsum(ub, axis=1); ops.cumsum(n, axis=1, dtype="float32"); ops.cumprod(x); ops.cumprod(n, axis=1); ops.cumprod(m, axis=1); ops.logsumexp(n, axis=1); ops.moments(x, axes=[1, 2], keepdims=True); ops.moments(h, axes=[1]); ops.normalize(x, axis=1, order=3); ops.normalize(v, order=1)
ops.bincount(t, minlength=8); ops.bincount(t, weights=t * 0.5, minlength=6); ops.bincount(t[0]); ops.bincount(t, minlength=3); ops.histogram(v[0], bins=4); ops.histogram(v[0], 5, (-0.5, 0.75)); ops.histogram(t[0]); ops.nonzero(x > 0); ops.nonzero(n)
ops.diff(x, n=2, axis=1); ops.diff(n); ops.cdist(x, y); ops.cdist(v, r[:, :4]); ops.argpartition(x, 2); ops.argpartition(x, kth=1, axis=1); ops.argsort(n, axis=1); ops.sort(n); ops.sort(x, axis=1); ops.top_k(n, 2); ops.in_top_k(n[:, 0], v, k=2); ops.digitize(x, np.array([-0.5, 0.0, 0.5])); ops.searchsorted(np.array([-0.5, 0.0, 0.5], "float32"), v); ops.searchsorted(np.array([-0.5, 0.0, 0.5], "float32"), v, side="right")
"""

SHAPE = """
ops.array_split(x, 3, axis=2); ops.array_split(x, 2, axis=1); ops.hsplit(x, 3); ops.hsplit(x, [1]); ops.vsplit(x[0], 3); ops.dsplit(x, 2); ops.dsplit(x, [1, 3]); ops.dstack([v, v]); ops.dstack([x, y]); ops.dstack([l, l])
ops.fliplr(x); ops.flipud(x[0]); ops.diagflat(l); ops.diagflat(v[0], k=1); ops.diagflat(n[0], k=-2); ops.rot90(x, axes=(1, 2)); ops.rot90(x, k=2, axes=(1, 2)); ops.rot90(x, k=-1, axes=(2, 1)); ops.rot90(g, k=3, axes=(1, 2)); ops.kron(v[0], n[0]); ops.kron(x[0], y[1]); ops.kron(n[0], n[1])
ops.vander(v[0]); ops.vander(n[0], N=4); ops.vander(v[0], increasing=True); ops.unravel_index(d, (3, 4)); ops.unravel_index(d * 2 - 3, (4, 5)); ops.empty_like(x) * 0; ops.zeros_like(n); ops.ones_like(m); ops.full_like(n, 2); ops.full_like(x, 3, dtype="int32")
ops.depth_to_space(f8, 2); ops.depth_to_space(f8, block_size=2, data_format="channels_first"); ops.space_to_depth(f6, 2); ops.space_to_depth(f6, 3); ops.space_to_depth(c2, 2, data_format="channels_first")
ops.unfold(c2, 2); ops.unfold(c2, (2, 3), stride=2, padding=1); ops.unfold(c2, kernel_size=3, dilation=2, padding=(1, 2), stride=(1, 2)); ops.fold(ops.unfold(c2, 2), (6, 6), 2); ops.fold(ops.unfold(c2, (2, 3), stride=2, padding=1), (6, 6), (2, 3), padding=1, stride=2)
ops.fold(ops.unfold(c2, 3, dilation=2, padding=2, stride=1), output_size=6, kernel_size=3, dilation=2, padding=2, stride=1)
ops.repeat(x, 2); ops.repeat(n, 2, axis=1); ops.tile(x, 2); ops.tile(n, [2, 1, 1]); ops.roll(x, 3); ops.roll(x, [1, 2], axis=[1, 2]); ops.squeeze(s); ops.squeeze(s, axis=-1); ops.expand_dims(x, axis=(1, 3)); ops.swapaxes(g, -1, 1); ops.moveaxis(x, -1, 0); ops.flip(x); ops.flip(x, axis=(1, 2)); ops.take(x, n[0] % 3, axis=1); ops.take(x, [[0, 1], [2, 0]], axis=1); ops.take(x, [-1, 0], axis=-1)
ops.take(x, [3, 5]); ops.take_along_axis(x, w % 3, axis=1); ops.triu(a); ops.tril(a, k=-1); ops.tril(n); ops.diag(v[0]); ops.diag(v[0], k=-1); ops.diag(a[0], k=1); ops.diagonal(a, offset=1, axis1=1, axis2=2); ops.trace(x, offset=-1, axis1=1, axis2=2); ops.meshgrid(v[0], l); ops.meshgrid(v[0], l, indexing="ij")
ops.one_hot(d, 4, dtype="int32"); ops.one_hot(n, 4); ops.multi_hot(d, 5, dtype="bool"); ops.unstack(x, axis=-1); ops.unstack(n, num=3, axis=1); ops.split(x, [1], axis=1); ops.stack([n, n * 0.5]); ops.concatenate([n, v[:, :3]], axis=1); ops.append(x, y); ops.pad(n, 1); ops.pad(n, [[0, 0], [2, 1]], mode="edge"); ops.pad(x, ((0, 0), (1, 1), (0, 0)), mode="symmetric"); ops.pad(n, [[0, 0], [1, 1]], constant_values=-1)
ops.linspace(v, 3.0, num=4); ops.linspace(v[0], v[1], 3, endpoint=False, axis=-1); ops.linspace(n, d, num=3, dtype="float32"); ops.logspace(v[0], v[1], num=3); ops.logspace(n[0], d[0], num=3, base=2); ops.geomspace(p[0, 0], p[1, 0] + 3, num=4); ops.geomspace(d, d * 8, num=3, endpoint=False); ops.geomspace(d[0], 8, num=3, axis=-1)
ops.slice(x, [0, 1, 1], (2, 1, 2)); ops.slice_update(x, [0, 1, 1], x[:, :2, :3] + 1); ops.scatter(n[:, :1], v, (9, 4)); ops.scatter_update(x, [[0, 1, 2], [1, 2, 3]], v[0, :2]); ops.scatter_update(x, [[0, 1], [1, 2]], v); ops.scatter_update(x, [[0, 1], [0, 1]], v, reduction="add"); ops.scatter_update(x, [[0, 1], [1, 1]], v, reduction="max"); ops.scatter_update(x, [[0, 1], [1, 1]], v, reduction="min"); ops.scatter_update(x, [[0, 1], [1, 1]], v, reduction="mul")
ops.shape(x)[1] * x; ops.convert_to_tensor(x, dtype="float16"); ops.cast(x, "bfloat16"); ops.cast(ub, "int8"); ops.saturate_cast(n * 100, "int8"); ops.saturate_cast(ub, "int8"); ops.array(x); ops.array(n, dtype="float32")
"""

NN = """
ops.layer_normalization(x); ops.layer_normalization(x, v[0], v[1]); ops.layer_normalization(x, axis=1, epsilon=0.1); ops.layer_normalization(x, gamma=v[0]); ops.layer_normalization(x, axis=[1, 2]); ops.layer_normalization(h); ops.rms_normalization(x); ops.rms_normalization(x, v[0]); ops.rms_normalization(x, axis=(1, 2), epsilon=0.1); ops.rms_normalization(x, scale=v[1], axis=-1); ops.rms_normalization(h)
ops.batch_normalization(x, np.array([0.1, -0.2, 0.3, 0.4], "float32"), np.array([0.5, 0.2, 1.5, 0.75], "float32"), axis=-1); ops.batch_normalization(x, np.array([0.1, -0.2, 0.3, 0.4], "float32"), np.array([0.5, 0.2, 1.5, 0.75], "float32"), -1, v[0], np.array([0.5, 0.2, 1.5, 0.75], "float32")); ops.batch_normalization(x, np.array([0.1, -0.2, 0.3, 0.4], "float32"), np.array([0.5, 0.2, 1.5, 0.75], "float32"), axis=2, scale=v[0]); ops.batch_normalization(x, np.array([1, 2, 3]), np.array([1, 1, 2]), axis=1, epsilon=0.1); ops.batch_normalization(h, np.array([0.1, -0.2, 0.3, 0.4], "float32"), np.array([0.5, 0.2, 1.5, 0.75], "float32"), axis=2)
ops.gelu(h); ops.celu(x, alpha=0.5); ops.glu(x); ops.softmax(x, axis=(1, 2)); ops.softmax(h); ops.log_softmax(h); ops.relu(n); ops.relu6(n); ops.hard_sigmoid(n); ops.elu(h); ops.softplus(h)
ops.categorical_crossentropy(ops.softmax(x), y, from_logits=True); ops.categorical_crossentropy(ops.softmax(x, axis=1), ops.softmax(y, axis=1), axis=1); ops.sparse_categorical_crossentropy(n % 4, x, from_logits=True); ops.sparse_categorical_crossentropy(n % 4, ops.softmax(x)); ops.binary_crossentropy(ops.sigmoid(x), y, from_logits=True)
ops.average_pool(x, 2, strides=1, padding="same"); ops.one_hot(d, 4, axis=0); ops.dot_product_attention(g, g, g); ops.dot_product_attention(g, g, g, scale=0.5, is_causal=True)
"""

PRODUCT = """
ops.einsum("ij,jk->ik", n, z[0, :3]); ops.tensordot(x, z, axes=[[2], [1]]); ops.tensordot(v, z[0], 1); ops.dot(x, z[0]); ops.dot(n, d[0]); ops.matmul(n, z[0, :3]); ops.matmul(v, v[0]); ops.vdot(n, d); ops.outer(n, v); ops.cross(n, d); ops.cross(n, v[:, :3]); ops.inner(n, d)
ops.matmul(ib, ops.transpose(ib)); ops.dot(ub, ub[0]); ops.tensordot(n, d, axes=2)
"""

RARE = """
ops.rearrange(x[0], "h w -> w h"); ops.rearrange(x[0], "h w -> (w h)"); ops.rearrange(g[0], "(h s) w d -> h (w s) d", s=3); ops.rearrange(f8[0], "(h p) (w q) c -> h w (p q c)", p=2, q=2); ops.rearrange(f8[0], "h w (p q c) -> (h p) (w q) c", p=2, q=4); ops.rearrange(n[0], "row->row")
ops.unique(n); ops.unique(d, return_counts=True); ops.unique(t, return_index=True, return_inverse=True, return_counts=True); ops.unique(m); ops.unique(n, axis=0); ops.unique(t, axis=1, return_index=True, return_inverse=True, return_counts=True); ops.unique(g > 0, axis=-1, return_counts=True)
ops.unique(t, size=4); ops.unique(t, size=9); ops.unique(t, size=9, fill_value=-1, return_index=True, return_inverse=True, return_counts=True); ops.unique(t, size=2, return_counts=True, return_inverse=True); ops.unique(t, axis=1, size=8, fill_value=7, return_counts=True); ops.unique(e, return_counts=True); ops.unique(v, size=3, fill_value=0.5)
ops.full((2, 3), ops.mean(x)); ops.full((2, 3, 4), v[0], dtype="float16"); ops.full([3, 5], ops.sum(n), dtype="int32")
"""

GROUPS = {"rare": RARE, "elementwise": ELEMENTWISE, "reduction": REDUCTION, "shape": SHAPE, "nn": NN, "product": PRODUCT}
EXPRESSIONS = {
    group: [e.strip() for line in text.strip().splitlines() for e in line.split(";")] for group, text in GROUPS.items()
}
