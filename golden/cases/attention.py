"""Attention layers. Keras 3.6 cannot take a value mask without a causal one (`Attention._calculate_score_mask`)."""

from keras import initializers as I
from keras import layers as L

from harness.layer_case import W, X, Y, Z, Case, b, f

Q, V, QM, VM = f(2, 4, 6), f(2, 5, 6), b(2, 4), b(2, 5)


def attention():
    for make in (L.Attention, L.AdditiveAttention):
        yield Case("defaults", lambda m=make: m(), [Q, V], args=[[X, Y]])
        yield Case("key", lambda m=make: m(), [Q, f(2, 5, 3), V] if make is L.Attention else [Q, V, V], args=[[X, Y, Z]])
        yield Case("scale", lambda m=make: m(use_scale=True, name="att"), [Q, V], args=[[X, Y]])
        yield Case(
            "masks", lambda m=make: m(), [Q, V, QM, VM], args=[[X, Y]], kwargs={"mask": [Z, W]}, since=(3, 9)
        )
        yield Case(
            "masks_causal",
            lambda m=make: m(),
            [Q, V, QM, VM],
            args=[[X, Y]],
            kwargs={"mask": [Z, W], "use_causal_mask": True},
        )
        yield Case("carried_masks", lambda m=make: m(), [Q, V, QM, VM], args=[[X, Y]], masks={0: 2, 1: 3}, since=(3, 9))
        yield Case("causal", lambda m=make: m(), [Q, V], args=[[X, Y]], kwargs={"use_causal_mask": True})
        yield Case("scores", lambda m=make: m(), [Q, V], args=[[X, Y]], kwargs={"return_attention_scores": True})
        yield Case("dropout", lambda m=make: m(dropout=0.5), [Q, V], args=[[X, Y]])
        yield Case("float16", lambda m=make: m(dtype="mixed_float16"), [Q, V], args=[[X, Y]])
    yield Case("concat", lambda: L.Attention(score_mode="concat", seed=1), [Q, V], args=[[X, Y]])
    yield Case(
        "concat_scale", lambda: L.Attention(score_mode="concat", use_scale=True, dropout=0), [Q, V], args=[[X, Y]]
    )


def multi_head():
    make = L.MultiHeadAttention
    yield Case("self", lambda: make(2, 3), [Q], args=[X, X])
    yield Case("cross", lambda: make(2, 3), [Q, V], args=[X, Y])
    yield Case("key", lambda: make(num_heads=2, key_dim=3), [Q, V, f(2, 5, 2)], args=[X, Y, Z])
    yield Case("value_dim", lambda: make(2, 3, value_dim=4), [Q, V], args=[X, Y], until=(3, 6))
    yield Case(
        "all",
        lambda: make(
            num_heads=2,
            key_dim=3,
            value_dim=2,
            dropout=0.1,
            use_bias=True,
            output_shape=(5,),
            attention_axes=(1,),
            kernel_initializer=I.GlorotNormal(seed=3),
            bias_initializer="ones",
            kernel_regularizer="l2",
            bias_regularizer="l1",
            activity_regularizer="l2",
            kernel_constraint="max_norm",
            bias_constraint="non_neg",
            seed=3,
            name="mha",
        ),
        [Q, V],
        args=[X, Y],
    )
    yield Case("no_bias", lambda: make(2, 3, use_bias=False), [Q, V], args=[X, Y])
    yield Case("dropout_integer", lambda: make(1, 2, dropout=0), [Q, V], args=[X, Y], training=True)
    yield Case("output_shape_list", lambda: make(2, 3, output_shape=[2, 4]), [Q, V], args=[X, Y], since=(3, 9))
    yield Case("scores", lambda: make(2, 3), [Q, V], args=[X, Y], kwargs={"return_attention_scores": True})
    yield Case("causal", lambda: make(2, 3), [Q], args=[X, X], kwargs={"use_causal_mask": True})
    yield Case("attention_mask", lambda: make(2, 3), [Q, V, b(2, 4, 5)], args=[X, Y], kwargs={"attention_mask": Z})
    yield Case("carried_masks", lambda: make(2, 3), [Q, V, QM, VM], args=[X, Y], masks={0: 2, 1: 3})
    yield Case(
        "named_masks",
        lambda: make(2, 3),
        [Q, V, QM, VM],
        args=[X, Y],
        kwargs={"query_mask": Z, "value_mask": W, "use_causal_mask": True},
    )
    grid = f(2, 2, 3, 4)
    yield Case("axes_all", lambda: make(2, 3), [grid], args=[X, X])
    yield Case("axes_one", lambda: make(2, 3, attention_axes=2), [grid], args=[X, X])
    yield Case("axes_pair", lambda: make(2, 3, attention_axes=(1, 2)), [grid], args=[X, X])
    yield Case("mixed_float16", lambda: make(2, 3, dtype="mixed_float16"), [Q, V], args=[X, Y])


def grouped():
    make = L.GroupQueryAttention
    yield Case("cross", lambda: make(head_dim=3, num_query_heads=4, num_key_value_heads=2), [Q, V], args=[X, Y])
    yield Case("all", lambda: make(3, 2, 1, dropout=0.1, use_bias=False, kernel_initializer="he_normal", name="g"), [Q, V], args=[X, Y])


CASES = [attention, multi_head, grouped]
