"""Fourier transforms, sequences, segments, CTC and linear algebra over symbolic tensors; see operations.py."""

from harness.layer_case import f, i

INPUTS = {
    "x": f(2, 3, 4),
    "y": f(2, 3, 4),
    "a": f(2, 40),
    "b": f(1, 2, 25),
    "l": i(2, 4, low=1, high=5),
    "k": i(2, low=2, high=4),
    "t": i(2, low=3, high=8),
    "s": f(2, 7, 5, scale=3.0),
    "r": f(8, 3),
    "q": i(8, low=-9, high=9),
    "e": i(8, low=0, high=5),
    "m": f(2, 4, 4),
    "v": f(4),
    "w": f(2, 4),
    "n": i(2, 12, low=-5, high=9),
}

FOURIER = """
ops.fft([x, y]); ops.fft2([x, y]); ops.rfft(a); ops.rfft(b); ops.rfft(a, 16); ops.rfft(a, fft_length=57); ops.rfft(n)
ops.irfft([x, y]); ops.irfft([x, y], 5); ops.irfft([x, y], fft_length=12); ops.irfft(ops.rfft(b), 25); ops.irfft(ops.rfft(a))
ops.stft(a, 6, 3, 8); ops.stft(b, 8, 4, 8, window="hamming"); ops.stft(a, 5, 2, 9, center=False); ops.stft(a, 10, 10, 10, window=None)
ops.stft(a, 4, 2, 8, window=[0.5, 1.0, 1.0, 0.25], center=False)
ops.istft(ops.stft(a, 6, 3, 8), 6, 3, 8); ops.istft(ops.stft(a, 8, 2, 8, center=False), 8, 2, 8, center=False)
ops.istft(ops.stft(b, 8, 4, 8, window="hamming"), 8, 4, 8, window="hamming"); ops.istft(ops.stft(a, 8, 4, 8, window=None), 8, 4, 8, window=None)
ops.istft(ops.stft(a, 5, 2, 9), 5, 2, 9); ops.extract_sequences(a, 6, 3); ops.extract_sequences(n, sequence_length=12, sequence_stride=1)
ops.extract_sequences(b, 3, 7)
"""

NEWER_FOURIER = """
ops.ifft2([x, y]); ops.istft(ops.stft(a, 6, 3, 8), 6, 3, 8, length=30)
"""

CTC = """
ops.ctc_loss(l, s, k, t); ops.ctc_loss(l - 1, s, k, t, mask_index=4); ops.ctc_loss(l * 0 + 2, s, k + 1, t); ops.ctc_loss(l, s * 4, k, k)
ops.ctc_decode(s, t); ops.ctc_decode(s, t, merge_repeated=False); ops.ctc_decode(s, t, mask_index=None); ops.ctc_decode(s, t, mask_index=2)
ops.ctc_decode(s, t, strategy="beam_search"); ops.ctc_decode(s, t, strategy="beam_search", beam_width=3, top_paths=2, mask_index=4)
ops.ctc_decode(s * 0, t, strategy="beam_search", beam_width=4, top_paths=4); ops.ctc_decode(s, t, strategy="beam_search", beam_width=10, top_paths=6)
"""

SEGMENTS = """
ops.segment_sum(r, e, num_segments=5); ops.segment_max(r, e, num_segments=5); ops.segment_sum(q, e, num_segments=2, sorted=True)
ops.segment_max(q, e, num_segments=6); ops.segment_sum(r, e - 2, num_segments=3); ops.segment_max(r > 0, e, num_segments=4)
"""

MATRICES = """
ops.det(m); ops.det(m[:, :2, :2]); ops.slogdet(m); ops.slogdet(m[:, :3, :3] * -1); ops.logdet(m); ops.inv(m + 2 * ops.eye(4)); ops.lu_factor(m)
ops.lu_factor(y); ops.lu_factor(ops.transpose(y, (0, 2, 1))); ops.qr(m); ops.qr(y); ops.qr(y, mode="complete"); ops.qr(ops.transpose(y, (0, 2, 1)))
ops.qr(ops.transpose(y, (0, 2, 1)), mode="complete"); ops.cholesky(ops.matmul(y, ops.transpose(y, (0, 2, 1))) + ops.eye(3))
ops.solve(m, ops.transpose(y, (0, 2, 1))); ops.solve(m, v); ops.solve_triangular(m + 2 * ops.eye(4), ops.transpose(y, (0, 2, 1)))
ops.solve_triangular(m + 2 * ops.eye(4), w, lower=True); ops.eigh(ops.matmul(y, ops.transpose(y, (0, 2, 1)))); ops.eigh(m)
ops.svd(m); ops.svd(y); ops.svd(y, full_matrices=False); ops.svd(ops.transpose(y, (0, 2, 1))); ops.svd(y, compute_uv=False)
ops.svd(ops.transpose(y, (0, 2, 1)), full_matrices=False, compute_uv=True); ops.real(ops.eig(ops.triu(m))[0]); ops.abs(ops.real(ops.eig(ops.triu(m))[1]))
ops.sort(ops.real(ops.eig(ops.matmul(y, ops.transpose(y, (0, 2, 1))))[0]), axis=-1)
ops.norm(y); ops.norm(y, axis=(1,)); ops.norm(y, axis=(1, 2)); ops.norm(y, ord=1, axis=(-1,)); ops.norm(y, ord=3, axis=(1,), keepdims=True)
ops.norm(y, ord=float("inf"), axis=(1,)); ops.norm(y, ord=float("-inf"), axis=(2,)); ops.norm(y, ord=0, axis=(1,)); ops.norm(y, ord=0.5, axis=(-1,))
ops.norm(y, ord="fro", axis=(1, 2)); ops.norm(y, ord="nuc", axis=(1, 2)); ops.norm(y, ord=2, axis=(-1, 1), keepdims=True); ops.norm(y, ord=-2, axis=(1, 2))
ops.norm(y, ord=1, axis=(1, 2)); ops.norm(y, ord=-1, axis=(2, 1)); ops.norm(y, ord=float("inf"), axis=(1, 2)); ops.norm(y, ord=float("-inf"), axis=(1, 2), keepdims=True)
ops.norm(q); ops.norm(n, axis=(1,)); ops.norm(y, keepdims=True); ops.lstsq(m[0], w[0]); ops.lstsq(y[0], x[0]); ops.lstsq(r, q); ops.lstsq(r, r[:, :2], rcond=0.5)
"""

GROUPS = [FOURIER, CTC, SEGMENTS, MATRICES]
NEWER_SEGMENTS = """
ops.segment_min(r, e, num_segments=5); ops.segment_prod(r, e, num_segments=5); ops.segment_min(q, e, num_segments=6); ops.segment_prod(q, e, num_segments=2)
"""

NEWER_MATRICES = """
ops.cholesky(ops.matmul(y, ops.transpose(y, (0, 2, 1))) + ops.eye(3), upper=True); ops.cholesky_inverse(m[0] + 2 * ops.eye(4))
ops.cholesky_inverse(m[0] + 2 * ops.eye(4), upper=True); ops.pinv(m + 2 * ops.eye(4)); ops.pinv(y); ops.pinv(ops.transpose(y, (0, 2, 1)), rcond=0.3)
ops.matrix_rank(m); ops.matrix_rank(y * 0); ops.matrix_rank(y, tol=0.8)
"""

NEWER = [NEWER_FOURIER, NEWER_SEGMENTS, NEWER_MATRICES]
EXPRESSIONS = [e.strip() for g in GROUPS for line in g.strip().splitlines() for e in line.split(";")]
NEWER_EXPRESSIONS = [e.strip() for g in NEWER for line in g.strip().splitlines() for e in line.split(";")]
