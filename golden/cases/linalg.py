"""Fourier transforms, sequences, segments, CTC and linear algebra over symbolic tensors; see operations.py."""

from harness.layer_case import f, i

INPUTS = {
    "x": f(2, 3, 4),
    "y": f(2, 3, 4),
    "a": f(2, 40),
    "b": f(1, 2, 25),
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

GROUPS = [FOURIER]
NEWER = [NEWER_FOURIER]
EXPRESSIONS = [e.strip() for g in GROUPS for line in g.strip().splitlines() for e in line.split(";")]
NEWER_EXPRESSIONS = [e.strip() for g in NEWER for line in g.strip().splitlines() for e in line.split(";")]
