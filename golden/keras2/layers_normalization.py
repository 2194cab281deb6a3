"""Normalization by batches, by layers, by units, and by what was learned before."""

import tensorflow as tf

from harness.arguments import f, literal

from .layer_case import Case

K, L = tf.keras, tf.keras.layers


def cases():
    yield Case("defaults", lambda: L.BatchNormalization(), [f(4, 3)], training=True)
    yield Case("image", lambda: L.BatchNormalization(momentum=0.9, epsilon=1e-2), [f(2, 3, 3, 2)])
    yield Case("axis", lambda: L.BatchNormalization(axis=1), [f(2, 3, 4)], training=True)
    yield Case("axes", lambda: L.BatchNormalization(axis=[1, 2]), [f(2, 3, 4)])
    yield Case("bare", lambda: L.BatchNormalization(center=False, scale=False), [f(4, 3)])
    yield Case("frozen", lambda: L.BatchNormalization(trainable=False), [f(4, 3)], training=True)
    yield Case("all", lambda: L.BatchNormalization(beta_initializer="ones", gamma_initializer=K.initializers.RandomUniform(0.5, 1, seed=3), moving_mean_initializer="ones", moving_variance_initializer="zeros", beta_regularizer="l1", gamma_regularizer="l2", beta_constraint="non_neg", gamma_constraint="unit_norm"), [f(4, 3)])
    yield Case("synchronized", lambda: L.experimental.SyncBatchNormalization(), [f(4, 3)])
    yield Case("defaults", lambda: L.LayerNormalization(), [f(2, 4, 3)])
    yield Case("axes", lambda: L.LayerNormalization(axis=[1, 2], epsilon=1e-5), [f(2, 4, 3)])
    yield Case("bare", lambda: L.LayerNormalization(center=False, scale=False), [f(2, 3)])
    yield Case("all", lambda: L.LayerNormalization(beta_initializer="ones", gamma_initializer="zeros", beta_regularizer="l1", gamma_regularizer="l2", beta_constraint="non_neg", gamma_constraint="unit_norm"), [f(2, 3)])
    yield Case("defaults", lambda: L.UnitNormalization(), [f(2, 4, 3)])
    yield Case("axes", lambda: L.UnitNormalization(axis=[1, 2]), [f(2, 4, 3)])
    yield Case("given", lambda: L.Normalization(mean=2, variance=[1.0, 4.0, 9.0]), [f(2, 3)])
    yield Case("adapted", lambda: L.Normalization(), [f(2, 3)], adapt=literal("float32", [3, 3], [1, 2, 3, 4, 5, 9, 0, 1, 7]))
    yield Case("adapted_to_one", lambda: L.Normalization(axis=None), [f(2, 3)], adapt=literal("float32", [3, 3], [1, 2, 3, 4, 5, 9, 0, 1, 7]))
