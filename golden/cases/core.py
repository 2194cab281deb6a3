"""Core layers: Dense and its kin, activations, masking, preprocessing numbers, wrappers of one layer."""

import keras
import numpy as np
from keras import constraints as C
from keras import initializers as I
from keras import layers as L
from keras import regularizers as R

from harness.layer_case import X, Y, Case, b, f, i, literal

from .custom import double_and_shift, first_column


def dense():
    x, x3 = f(2, 3), f(2, 4, 3)
    yield Case("defaults", lambda: L.Dense(4), [x])
    yield Case(
        "all",
        lambda: L.Dense(
            5,
            activation="tanh",
            use_bias=True,
            kernel_initializer=I.RandomNormal(mean=0.0, stddev=0.1, seed=7),
            bias_initializer=I.Constant(0.5),
            kernel_regularizer=R.L1L2(l1=0.01, l2=0.02),
            bias_regularizer="l2",
            activity_regularizer=R.L2(0.1),
            kernel_constraint=C.MaxNorm(max_value=2, axis=0),
            bias_constraint="non_neg",
            name="head",
            trainable=False,
        ),
        [x],
    )
    yield Case("rank3_no_bias", lambda: L.Dense(2, use_bias=False, activation="softmax"), [x3])
    yield Case("rank4", lambda: L.Dense(2, activation="relu", kernel_initializer="he_normal"), [f(2, 2, 2, 3)])
    yield Case("integer_arguments", lambda: L.Dense(4, kernel_regularizer=R.L2(1), bias_regularizer=R.L1(0)), [x])
    yield Case("mixed_float16", lambda: L.Dense(4, activation="gelu", dtype="mixed_float16"), [x])
    yield Case("mixed_bfloat16", lambda: L.Dense(4, dtype="mixed_bfloat16"), [x])
    yield Case("bfloat16", lambda: L.Dense(4, dtype="bfloat16"), [x])
    yield Case("float16", lambda: L.Dense(4, dtype="float16"), [x])
    yield Case("float64", lambda: L.Dense(4, dtype="float64"), [x])
    yield Case("int_input", lambda: L.Dense(4), [i(2, 3)])
    yield Case("lora", lambda: L.Dense(4, lora_rank=2), [x])
    yield Case("input_shape", lambda: L.Dense(4, input_shape=(3,)), [x])
    yield Case("custom_activation", lambda: L.Dense(4, activation=double_and_shift), [x])
    yield Case("activation_object", lambda: L.Dense(4, activation=keras.activations.hard_sigmoid), [x])
    yield Case("unicode_name", lambda: L.Dense(4, name="schicht_ä_層"), [x])
    yield Case("with_mask", lambda: L.Dense(4), [x3, b(2, 4)], args=[X], masks={0: 1})


def einsum_dense():
    x = f(2, 4, 3)
    yield Case("defaults", lambda: L.EinsumDense("abc,cd->abd", output_shape=(None, 5)), [x])
    yield Case("bias", lambda: L.EinsumDense("abc,cd->abd", output_shape=(None, 5), bias_axes="d"), [x])
    yield Case(
        "all",
        lambda: L.EinsumDense(
            "...x,xy->...y",
            output_shape=6,
            activation="relu",
            bias_axes="y",
            kernel_initializer="he_uniform",
            bias_initializer="ones",
            kernel_regularizer="l1",
            bias_regularizer=R.L2(0.5),
            activity_regularizer="l2",
            kernel_constraint="unit_norm",
            bias_constraint=C.NonNeg(),
            name="projection",
        ),
        [x],
    )
    yield Case("heads", lambda: L.EinsumDense("abc,cde->abde", output_shape=(None, 2, 4), bias_axes="de"), [x])
    yield Case("reduce", lambda: L.EinsumDense("abcd,cde->abe", output_shape=(None, 5), bias_axes="e"), [f(2, 3, 2, 4)])
    yield Case("full_shape", lambda: L.EinsumDense("abc,bcd->ad", output_shape=5, bias_axes="d"), [x])
    yield Case("lora", lambda: L.EinsumDense("abc,cd->abd", output_shape=(None, 5), lora_rank=2), [x])
    yield Case("mixed_float16", lambda: L.EinsumDense("ab,bc->ac", output_shape=4, dtype="mixed_float16"), [f(2, 3)])


def embedding():
    x = i(2, 5, low=0, high=6)
    yield Case("defaults", lambda: L.Embedding(6, 3), [x])
    yield Case("mask_zero", lambda: L.Embedding(6, 3, mask_zero=True), [x])
    yield Case(
        "all",
        lambda: L.Embedding(
            input_dim=6,
            output_dim=2,
            embeddings_initializer=I.RandomUniform(-0.1, 0.1, seed=3),
            embeddings_regularizer="l2",
            embeddings_constraint=C.MinMaxNorm(0.5, 1.5, rate=0.9, axis=1),
            mask_zero=True,
            name="words",
            trainable=False,
        ),
        [x],
    )
    yield Case("float_input", lambda: L.Embedding(6, 3), [f(2, 4, scale=2.5, offset=2.5)])
    yield Case("rank3", lambda: L.Embedding(6, 3), [i(2, 2, 3, low=0, high=6)])
    yield Case("lora", lambda: L.Embedding(6, 3, lora_rank=2), [x])
    yield Case("mixed_float16", lambda: L.Embedding(6, 3, dtype="mixed_float16"), [x])
    yield Case("activity_regularizer", lambda: L.Embedding(6, 3, activity_regularizer="l1"), [x])


def simple_core():
    x, x3 = f(2, 3), f(2, 4, 3)
    yield Case("input_defaults", lambda: L.InputLayer(shape=(3,)))
    yield Case("input_batch", lambda: L.InputLayer(shape=(None, 4), batch_size=2, dtype="int32", name="ids"))
    yield Case("input_batch_shape", lambda: L.InputLayer(batch_shape=(None, 8, 8, 3), dtype="float16"))
    yield Case("input_scalar", lambda: L.InputLayer(shape=()))
    yield Case("input_sparse", lambda: L.InputLayer(shape=(3,), sparse=False, dtype="bool"))
    yield Case("input_optional", lambda: L.InputLayer(shape=(3,), optional=True, name="maybe"))

    yield Case("identity", lambda: L.Identity(), [x])
    yield Case("identity_named", lambda: L.Identity(name="same", trainable=False, dtype="float16"), [x])
    yield Case("identity_masked", lambda: L.Identity(), [x3, b(2, 4)], args=[X], masks={0: 1})

    yield Case("function", lambda: L.Lambda(double_and_shift), [x])
    yield Case("arguments", lambda: L.Lambda(double_and_shift, arguments={"shift": 1.5}, name="shifted"), [x])
    yield Case(
        "output_shape", lambda: L.Lambda(first_column, output_shape=(1,), mask=first_column), [x3]
    )

    masked = literal("float32", (2, 3, 2), [1, 2, 0, 0, 3, 4, 0, 0, 0, 5, 0, 0])
    yield Case("masking_defaults", lambda: L.Masking(), [masked])
    yield Case("masking_integer", lambda: L.Masking(0), [masked])
    yield Case("masking_value", lambda: L.Masking(mask_value=5.0, name="m", dtype="float16"), [masked])

    yield Case("rescaling_defaults", lambda: L.Rescaling(2.0), [x])
    yield Case("rescaling_offset", lambda: L.Rescaling(1 / 127.5, offset=-1), [i(2, 3, low=0, high=256, dtype="uint8")])
    yield Case("rescaling_vector", lambda: L.Rescaling([1, 2, 3], offset=[0.5, 0, -0.5], name="r"), [x])
    yield Case("rescaling_dtype", lambda: L.Rescaling(2, dtype="mixed_float16"), [x])

    def adapted(layer):
        layer.adapt(np.array([[1, 2, 3], [2, 4, 9], [3, 9, 27]], "float32"))

    yield Case("normalization_defaults", lambda: L.Normalization(), [x])
    yield Case("normalization_adapted", lambda: L.Normalization(), [x], prepare=adapted)
    yield Case("normalization_given", lambda: L.Normalization(mean=3.0, variance=2.0, axis=None), [x])
    yield Case("normalization_lists", lambda: L.Normalization(mean=[1, 2, 3], variance=[1.5, 2, 0.5], axis=-1), [x])
    yield Case("normalization_invert", lambda: L.Normalization(mean=1, variance=4, invert=True, axis=None), [x])
    yield Case("normalization_axis_none", lambda: L.Normalization(axis=None), [x])
    yield Case("normalization_axes", lambda: L.Normalization(axis=(1, 2)), [x3])

    yield Case("wrapper", lambda: L.Wrapper(L.Dense(3, name="inner"), name="outer"))
    yield Case("wrapper_defaults", lambda: L.Wrapper(L.Conv1D(2, 3)))


def activation_layers():
    x, x4 = f(2, 3, scale=3.0), f(2, 2, 2, 3, scale=3.0)
    names = (
        "relu relu6 sigmoid softmax softplus softsign tanh selu elu exponential leaky_relu silu gelu mish "
        "hard_sigmoid hard_silu linear log_softmax"
    )
    for name in names.split():
        yield Case(f"string_{name}", lambda name=name: L.Activation(name), [x])
    yield Case("function", lambda: L.Activation(keras.activations.swish, name="s"), [x])
    yield Case("custom", lambda: L.Activation(double_and_shift), [x])
    yield Case("none", lambda: L.Activation(None), [x])
    yield Case("float16", lambda: L.Activation("gelu", dtype="float16"), [x])
    yield Case("bfloat16", lambda: L.Activation("tanh", dtype="bfloat16"), [x])

    yield Case("relu_defaults", lambda: L.ReLU(), [x])
    yield Case("relu_integers", lambda: L.ReLU(max_value=2, negative_slope=0, threshold=0), [x])
    yield Case("relu_all", lambda: L.ReLU(max_value=1.5, negative_slope=0.1, threshold=0.5, name="r"), [x])
    yield Case("relu_threshold", lambda: L.ReLU(threshold=1.0, negative_slope=0.5), [x])
    yield Case("relu_six", lambda: L.ReLU(6.0, dtype="float16"), [x])

    yield Case("leaky_defaults", lambda: L.LeakyReLU(), [x])
    yield Case("leaky_slope", lambda: L.LeakyReLU(negative_slope=0.1, name="l"), [x])
    yield Case("leaky_integer", lambda: L.LeakyReLU(negative_slope=1), [x])

    yield Case("prelu_defaults", lambda: L.PReLU(), [x])
    yield Case("prelu_shared", lambda: L.PReLU(shared_axes=[1, 2]), [x4])
    yield Case(
        "prelu_all",
        lambda: L.PReLU(
            alpha_initializer=I.Constant(0.25),
            alpha_regularizer="l1",
            alpha_constraint="non_neg",
            shared_axes=(1,),
            name="p",
        ),
        [x4],
    )

    yield Case("elu_defaults", lambda: L.ELU(), [x])
    yield Case("elu_alpha", lambda: L.ELU(alpha=0.5, name="e"), [x])
    yield Case("elu_integer", lambda: L.ELU(alpha=2), [x])

    mask = b(2, 3)
    yield Case("softmax_defaults", lambda: L.Softmax(), [x])
    yield Case("softmax_axis", lambda: L.Softmax(axis=1, name="s"), [x4])
    yield Case("softmax_axes", lambda: L.Softmax(axis=[1, 2]), [x4])
    yield Case("softmax_mask", lambda: L.Softmax(), [x, mask], args=[X], kwargs={"mask": Y})
    yield Case("softmax_float16", lambda: L.Softmax(dtype="float16"), [x])


CASES = [dense, einsum_dense, embedding, simple_core, activation_layers]
