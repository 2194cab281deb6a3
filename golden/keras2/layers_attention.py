"""Attention."""

import tensorflow as tf

from harness.arguments import X, Y, Z, b, f

from .layer_case import Case

K, L = tf.keras, tf.keras.layers
Q, V, S = f(2, 3, 4), f(2, 5, 4), f(2, 5, 6)


def cases():
    for make in (L.Attention, L.AdditiveAttention):
        yield Case("defaults", make, [Q, V], args=[[X, Y]])
        yield Case("scaled", lambda m=make: m(use_scale=True), [Q, V], args=[[X, Y]])
        yield Case("causal", lambda m=make: m(causal=True, dropout=0.25), [V, V], args=[[X, Y]], kwargs={"return_attention_scores": True})
        yield Case("masked", make, [Q, V, b(2, 5)], args=[[X, Y]], kwargs={"mask": [None, Z]})
    yield Case("concat", lambda: L.Attention(score_mode="concat"), [Q, V, V], args=[[X, Y, Z]])
    yield Case("self", lambda: L.MultiHeadAttention(2, 3), [V], args=[X, X])
    yield Case("cross", lambda: L.MultiHeadAttention(2, 3, value_dim=2, output_shape=5, use_bias=False), [Q, S], args=[X, Y], kwargs={"return_attention_scores": True})
    yield Case("all", lambda: L.MultiHeadAttention(2, 3, dropout=0.5, kernel_initializer="he_normal", bias_initializer="ones", kernel_regularizer="l2", bias_regularizer="l1", kernel_constraint="max_norm", bias_constraint="non_neg"), [Q, V], args=[X, Y])
    yield Case("axes", lambda: L.MultiHeadAttention(2, 3, attention_axes=(1, 2)), [f(2, 2, 3, 4)], args=[X, X])
    yield Case("masked", lambda: L.MultiHeadAttention(2, 3), [Q, V, b(2, 3, 5)], args=[X, Y], kwargs={"attention_mask": Z})
