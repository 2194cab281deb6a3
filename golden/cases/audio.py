"""Spectrograms."""

from keras import layers as L

from harness.layer_case import Case, f

X = f(2, 600)
SMALL = dict(fft_length=64, sequence_stride=32, num_mel_bins=12, sampling_rate=8000)


def mel():
    def case(id, x=X, **options):
        return Case(id, lambda: L.MelSpectrogram(**{**SMALL, **options}), [x])

    yield case("small")
    yield Case("defaults", lambda: L.MelSpectrogram(), [f(2, 3000)])
    yield case("short_frames", sequence_length=40, window="hamming", name="mel")
    yield case("no_window", window=None, trainable=False)
    yield case("numbers", sequence_length=4, window=[0.25, 1.0, 1.0, 0.5])
    yield case("powers", power_to_db=False)
    yield case("magnitudes", power_to_db=False, mag_exp=1.0)
    yield case("cubes", mag_exp=3, power_to_db=False)
    yield case("range", min_freq=100.5, max_freq=3000, top_db=20.5)
    yield case("reference", ref_power=0.25, min_power=0.001, top_db=200.5)
    yield case("integers", min_freq=0, top_db=60, ref_power=2, min_power=1)
    yield case("odd", fft_length=63, sequence_stride=20, num_mel_bins=5)
    yield case("channels", f(2, 3, 200))
    yield case("float16", dtype="mixed_float16")
    yield case("float64", f(2, 300, scale=0.05, dtype="float64"), dtype="float64", power_to_db=False)


def stft():
    x = f(2, 40, 3)

    def case(id, x=x, **options):
        return Case(id, lambda: L.STFTSpectrogram(**{"frame_length": 8, **options}), [x], since=(3, 7))

    yield case("small")
    yield Case("defaults", lambda: L.STFTSpectrogram(), [f(2, 600, 1)], since=(3, 7))
    for mode in ("magnitude", "psd", "real", "imag", "angle", "stft"):
        yield case(mode, mode=mode)
    yield case("expanded", expand_dims=True, name="spectrum")
    yield case("expanded_stft", expand_dims=True, mode="stft")
    yield case("first", f(2, 3, 40), data_format="channels_first")
    yield case("first_expanded", f(2, 3, 40), data_format="channels_first", expand_dims=True)
    yield case("same", padding="same", frame_step=3)
    yield case("padded", fft_length=16, frame_step=8, mode="magnitude")
    yield case("odd", fft_length=11, frame_length=7, mode="psd")
    yield case("window", window="tukey", periodic=True, scaling="spectrum", mode="real")
    yield case("no_window", window=None, scaling=None, trainable=False)
    yield case("numbers", frame_length=4, window=[0.5, 1.0, 1.0, 0.25], mode="psd")
    yield case("float16", dtype="float16", mode="magnitude")
    yield case("mixed", dtype="mixed_float16", mode="psd")


CASES = [mel, stft]
