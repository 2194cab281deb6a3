"""Layers that move values around."""

from keras import layers as L

from harness.layer_case import X, Case, b, f, i

from .convolution import SIZES, each


def shapes():
    x = f(2, 3, 4)
    yield Case("flatten", lambda: L.Flatten(), [x])
    yield Case("flatten_first", lambda: L.Flatten(data_format="channels_first", name="f"), [f(2, 2, 3, 4)])
    yield Case("flatten_vector", lambda: L.Flatten(), [f(2)])
    yield Case("flatten_matrix", lambda: L.Flatten(data_format="channels_last"), [i(2, 3)])
    yield Case("reshape", lambda: L.Reshape((6, 2)), [x])
    yield Case("reshape_unknown", lambda: L.Reshape((-1, 2), name="r"), [x])
    yield Case("reshape_list", lambda: L.Reshape([2, 2, 3]), [x])
    yield Case("reshape_int_input", lambda: L.Reshape((-1,), dtype="int32"), [i(2, 3, 4)])
    yield Case("reshape_scalar_rows", lambda: L.Reshape(()), [f(2, 1)])
    yield Case("permute", lambda: L.Permute((2, 1)), [x])
    yield Case("permute_list", lambda: L.Permute([3, 1, 2], name="p"), [f(2, 2, 3, 4)])
    yield Case("repeat", lambda: L.RepeatVector(3), [f(2, 4)])
    yield Case("repeat_named", lambda: L.RepeatVector(n=1, name="r", dtype="float16"), [f(2, 4)])


def cropping():
    x = f(2, 7, 3)
    yield Case("defaults", lambda: L.Cropping1D(), [x])
    yield Case("integer", lambda: L.Cropping1D(2, name="c"), [x])
    yield Case("pair", lambda: L.Cropping1D(cropping=(0, 3)), [x])
    x, x_first = f(2, 6, 5, 3), f(2, 3, 6, 5)
    yield Case("defaults", lambda: L.Cropping2D(), [x])
    yield Case("integer", lambda: L.Cropping2D(2), [x])
    yield Case("pair", lambda: L.Cropping2D((1, 2), name="c"), [x])
    yield Case("pairs", lambda: L.Cropping2D(((0, 2), (1, 0))), [x])
    yield Case("channels_first", lambda: L.Cropping2D(1, data_format="channels_first"), [x_first])
    x, x_first = f(2, 5, 4, 4, 2), f(2, 2, 5, 4, 4)
    yield Case("defaults", lambda: L.Cropping3D(), [x])
    yield Case("integer", lambda: L.Cropping3D(1), [x])
    yield Case("triple", lambda: L.Cropping3D((1, 0, 1), name="c"), [x])
    yield Case("pairs", lambda: L.Cropping3D(((0, 2), (1, 0), (1, 1))), [x])
    yield Case("channels_first", lambda: L.Cropping3D(1, data_format="channels_first"), [x_first])


def padding():
    x = f(2, 3, 2)
    yield Case("defaults", lambda: L.ZeroPadding1D(), [x])
    yield Case("integer", lambda: L.ZeroPadding1D(2, name="z"), [x])
    yield Case("pair", lambda: L.ZeroPadding1D(padding=(0, 3)), [x])
    x, x_first = f(2, 2, 3, 2), f(2, 2, 2, 3)
    yield Case("defaults", lambda: L.ZeroPadding2D(), [x])
    yield Case("integer", lambda: L.ZeroPadding2D(2), [x])
    yield Case("pair", lambda: L.ZeroPadding2D((1, 2), name="z"), [x])
    yield Case("pairs", lambda: L.ZeroPadding2D(((0, 2), (1, 0))), [x])
    yield Case("channels_first", lambda: L.ZeroPadding2D(1, data_format="channels_first"), [x_first])
    x, x_first = f(2, 2, 1, 2, 2), f(2, 2, 2, 1, 2)
    yield Case("defaults", lambda: L.ZeroPadding3D(), [x])
    yield Case("integer", lambda: L.ZeroPadding3D(2), [f(1, 1, 1, 1, 2)])
    yield Case("triple", lambda: L.ZeroPadding3D((1, 0, 1), name="z"), [x])
    yield Case("pairs", lambda: L.ZeroPadding3D(((0, 2), (1, 0), (1, 1))), [x])
    yield Case("channels_first", lambda: L.ZeroPadding3D(1, data_format="channels_first"), [x_first])


def upsampling():
    yield Case("defaults", lambda: L.UpSampling1D(), [f(2, 3, 2)])
    yield Case("three", lambda: L.UpSampling1D(size=3, name="u"), [f(2, 3, 2)])
    x, x_first = f(2, 2, 3, 2), f(2, 2, 2, 3)
    yield Case("defaults", lambda: L.UpSampling2D(), [x])
    yield Case("pair", lambda: L.UpSampling2D(size=(1, 3), name="u"), [x])
    yield Case("bilinear", lambda: L.UpSampling2D(2, interpolation="bilinear"), [x])
    yield Case("bicubic", lambda: L.UpSampling2D(2, interpolation="bicubic"), [x])
    yield Case("channels_first", lambda: L.UpSampling2D(2, data_format="channels_first"), [x_first])
    yield Case(
        "channels_first_bilinear",
        lambda: L.UpSampling2D(2, data_format="channels_first", interpolation="bilinear"),
        [x_first],
    )
    yield Case("defaults", lambda: L.UpSampling3D(), [f(1, 2, 1, 2, 2)])
    yield Case("triple", lambda: L.UpSampling3D(size=(1, 2, 3), name="u"), [f(1, 2, 1, 2, 2)])
    yield Case("channels_first", lambda: L.UpSampling3D(2, data_format="channels_first"), [f(1, 2, 2, 1, 2)])


CASES = [shapes, cropping, padding, upsampling]
