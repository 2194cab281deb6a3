"""Discretization: given boundaries, and learned ones."""

from keras import layers as L

from harness.layer_case import Case, f, i, input_record, literal

X = f(3, 4, scale=3)


def boundaries():
    bins = [-1.5, 0.0, 1.5]
    # The first is in a file: on JAX int64 is int32 there.
    yield Case("int32", lambda: L.Discretization(bins, dtype="int32"), [X])
    yield Case("defaults", lambda: L.Discretization(bins), [X])
    yield Case("integers", lambda: L.Discretization([2, 4, 6], name="bins"), [i(3, 4)])
    yield Case("between_integers", lambda: L.Discretization([2.5, 4]), [i(3, 4)])
    yield Case("flat", lambda: L.Discretization(bins), [f(7, scale=3)])
    yield Case("edges", lambda: L.Discretization([0.1, 0.2]), [literal("float32", (2, 3), [0.1, 0.2, "NaN", "-Infinity", "Infinity", 0.15])])
    yield Case("one_hot", lambda: L.Discretization(bins, output_mode="one_hot"), [X])
    yield Case("one_hot_column", lambda: L.Discretization(bins, output_mode="one_hot"), [f(5, 1, scale=3)])
    yield Case("multi_hot", lambda: L.Discretization(bins, output_mode="multi_hot"), [X])
    yield Case("count", lambda: L.Discretization(bins, output_mode="count", epsilon=0.1), [X])
    yield Case("float16", lambda: L.Discretization(bins, output_mode="count", dtype="float16"), [X])
    yield Case("images", lambda: L.Discretization(bins), [f(2, 3, 2, 2, scale=3)])


def quantiles():
    def case(id, given, batches=1, x=X, **options):
        learned = input_record(7, given)
        return Case(id, lambda: L.Discretization(**options), [x], adapt=learned, adapt_batches=batches)

    few, many = f(8, scale=3), f(40, 30, scale=3)
    yield case("few", few, num_bins=4)
    yield case("many", many, num_bins=7)
    yield case("batches", many, num_bins=5, batches=8)
    yield case("coarse", many, num_bins=4, epsilon=0.2, output_mode="one_hot")
    yield case("ties", i(300, low=0, high=4), num_bins=3, batches=3, output_mode="count")
    yield case("third", f(1000), num_bins=3, epsilon=0.03, name="thirds")
    yield Case("unlearned", lambda: L.Discretization(num_bins=4))


CASES = [boundaries, quantiles]
