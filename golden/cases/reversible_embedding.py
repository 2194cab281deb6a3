"""The embedding that goes both ways."""

from keras import constraints as C
from keras import layers as L

from harness.layer_case import X, Case, f, i

TOKENS, VECTORS = i(2, 4, low=0, high=10), f(2, 4, 3)
BACK = dict(args=[X], kwargs={"reverse": True}, since=(3, 12))


def reversible_embedding():
    make = getattr(L, "ReversibleEmbedding", None)
    yield Case("defaults", lambda: make(10, 3), [TOKENS], since=(3, 12))
    yield Case(
        "all",
        lambda: make(
            input_dim=10,
            output_dim=3,
            tie_weights=False,
            embeddings_initializer="ones",
            embeddings_regularizer="l2",
            embeddings_constraint=C.NonNeg(),
            mask_zero=True,
            reverse_dtype="float32",
            logit_soft_cap=2.5,
            name="both",
        ),
        [TOKENS],
        since=(3, 12),
    )
    yield Case("reverse", lambda: make(10, 3), [VECTORS], **BACK)
    yield Case("reverse_own", lambda: make(10, 3, tie_weights=False), [VECTORS], **BACK)
    yield Case("reverse_cap", lambda: make(10, 3, logit_soft_cap=0.5, mask_zero=True), [VECTORS], **BACK)
    yield Case("reverse_dtype", lambda: make(10, 3, dtype="mixed_bfloat16", reverse_dtype="float32"), [VECTORS], **BACK)
    yield Case("mixed_float16", lambda: make(10, 3, dtype="mixed_float16"), [TOKENS], since=(3, 12))


CASES = [reversible_embedding]
