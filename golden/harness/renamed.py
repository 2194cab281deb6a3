"""Lets an older Keras run on a JAX that calls arguments otherwise: affine_transform of Keras 3.6 says `newshape`."""

import jax.numpy as jnp

reshape_of_jax = jnp.reshape


def reshape(a, shape=None, *, newshape=None, **kwargs):
    return reshape_of_jax(a, newshape if shape is None else shape, **kwargs)


def apply():
    jnp.reshape = reshape
