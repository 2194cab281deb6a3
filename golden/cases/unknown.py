"""Models of classes and functions that nobody outside this file has, and such as no other program runs."""

import keras
from keras import layers as L
from keras import ops

registered = keras.saving.register_keras_serializable(package="unknown")


@registered
class Mine(keras.Model):
    """A class of one's own over a graph."""


@registered
class Tuned(keras.Model):
    """The same, with a number of its own in its config."""

    def __init__(self, *args, alpha=0.5, **kwargs):
        super().__init__(*args, **kwargs)
        self.alpha = alpha

    def get_config(self):
        return {"alpha": self.alpha, **super().get_config()}


@registered
class Stack(keras.Sequential):
    """A class of one's own over a stack."""


@registered
class Vae(keras.Model):
    """A model of models that are in its config."""

    def __init__(self, encoder, decoder, beta=1.0, **kwargs):
        super().__init__(**kwargs)
        self.encoder, self.decoder, self.beta = encoder, decoder, beta
        self.head = L.Dense(2, name="head")

    def call(self, x):
        return self.head(self.decoder(self.encoder(x)))

    def get_config(self):
        parts = {"encoder": self.encoder, "decoder": self.decoder}
        return {
            **super().get_config(),
            **{key: keras.saving.serialize_keras_object(part) for key, part in parts.items()},
            "beta": self.beta,
        }

    @classmethod
    def from_config(cls, config):
        for key in ("encoder", "decoder"):
            config[key] = keras.saving.deserialize_keras_object(config[key])
        return cls(**config)


@registered
class Physics(keras.Model):
    """A model with variables of its own, of which its config says a number."""

    def __init__(self, width=3, **kwargs):
        super().__init__(**kwargs)
        self.width = width
        self.blocks = [L.Dense(width, activation="tanh"), L.Dense(1)]

    def build(self, shape):
        self.viscosity = self.add_weight(name="viscosity", shape=(), initializer="ones")
        for block in self.blocks:
            block.build(shape)
            shape = block.compute_output_shape(shape)
        self.built = True

    def call(self, x):
        for block in self.blocks:
            x = block(x)
        return x * self.viscosity

    def get_config(self):
        return {**super().get_config(), "width": self.width}


@registered
class Cell(L.Layer):
    """A cell that forgets at a learned rate."""

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = self.state_size = self.output_size = units

    def build(self, shape):
        self.kernel = self.add_weight(name="kernel", shape=(shape[-1], self.units))
        self.rate = self.add_weight(name="rate", shape=(self.units,), initializer="zeros")

    def call(self, x, states, training=False):
        y = ops.tanh(ops.matmul(x, self.kernel) + states[0] * self.rate)
        return y, [y]

    def get_initial_state(self, batch_size=None):
        return [ops.zeros((batch_size, self.units))]

    def get_config(self):
        return {**super().get_config(), "units": self.units}


@registered
class Windows(L.Layer):
    """Adds an axis: (batch, time, n) becomes (batch, time / size, size, n)."""

    def __init__(self, size, **kwargs):
        super().__init__(**kwargs)
        self.size = size

    def call(self, x):
        return ops.reshape(x, (-1, x.shape[1] // self.size, self.size, x.shape[2]))

    def get_config(self):
        return {**super().get_config(), "size": self.size}


@registered
class Unwindow(L.Layer):
    """Its config says nothing, not even what every layer's says."""

    def call(self, x):
        return ops.mean(x, axis=2)

    def get_config(self):
        return {"name": self.name}


@registered
class Split(L.Layer):
    """Several outputs, from several tensors, one of them a keyword."""

    def build(self, x_shape, by_shape=None):
        self.scale = self.add_weight(name="scale", shape=(x_shape[-1],), initializer="ones")
        self.inner = L.Dense(2, name="inner")
        self.inner.build(x_shape)

    def call(self, x, by=None):
        return {"half": (x * self.scale + by)[:, :2], "rest": [self.inner(x), ops.sum(x, axis=-1)]}


@registered
class Tokens(L.Layer):
    """Texts become numbers of words."""

    def call(self, x):
        return ops.zeros(ops.shape(x) + (5,), "int32")

    def compute_output_spec(self, x):
        return keras.KerasTensor((*x.shape, 5), "int32")


@registered
class Lower(L.Layer):
    """Texts stay texts."""

    def call(self, x):
        return x

    def compute_output_spec(self, x):
        return keras.KerasTensor(x.shape, "string")


@registered
def bend(x):
    return x * ops.sigmoid(1.7 * x)


@registered
class Start(keras.initializers.Initializer):
    def __call__(self, shape, dtype=None):
        return ops.ones(shape, dtype or "float32") * 0.1

    def get_config(self):
        return {}


@registered
class Penalty(keras.regularizers.Regularizer):
    def __call__(self, x):
        return 0.1 * ops.sum(x)

    def get_config(self):
        return {"strength": 0.1}


def of_a_class(cls, **options):
    x = keras.Input((4,), name="x")
    h = L.Dense(3, name="h")(x)
    return cls(x, [L.Dense(2, name="y")(h), h], name="mine", **options)


def functional_class():
    return of_a_class(Mine)


def functional_class_with_options():
    return of_a_class(Tuned, alpha=0.25)


def functional_class_inside():
    x = keras.Input((4,), name="x")
    inner = Mine(x, L.Dense(3, name="h")(x), name="inner")
    a = keras.Input((4,), name="a")
    return keras.Model(a, L.Dense(2, name="y")(inner(a)), name="outer")


def sequential_class():
    return Stack([L.Input((4,)), L.Dense(3, name="h"), L.Dense(2, name="y")], name="stack")


def vae():
    x, z = keras.Input((4,), name="x"), keras.Input((3,), name="z")
    encoder = keras.Model(x, L.Dense(3, name="to_z")(x), name="encoder")
    decoder = keras.Sequential([z, L.Dense(4, name="from_z")], name="decoder")
    model = Vae(encoder, decoder, beta=4.0, name="vae")
    model(ops.ones((2, 4)))
    return model


def physics():
    model = Physics(name="physics")
    model.build((None, 2))
    return model


def physics_compiled():
    model = physics()
    model.compile(keras.optimizers.Adam(0.01), "mse")
    model.optimizer.build(model.trainable_variables)
    return model


def cells():
    x = keras.Input((6, 3), name="x")
    h = L.RNN(Cell(4), return_sequences=True, name="one")(x)
    h = L.RNN([Cell(4), L.LSTMCell(3)], return_sequences=True, name="several")(h)
    h = L.Bidirectional(L.RNN(Cell(2), return_sequences=True), name="both_ways")(h)
    return keras.Model(x, L.Dense(1, name="y")(h), name="cells")


def stacked():
    return keras.Sequential(
        [
            L.Input((6, 3)), Windows(2, name="windows"), L.Dropout(0.1, name="drop"), L.Dense(4, name="wide"),
            Unwindow(name="unwindow"), L.Flatten(name="flat"), L.Dense(2, name="y"),
        ],
        name="stacked",
    )  # fmt: skip


def last():
    return keras.Sequential([L.Input((6, 3)), L.Dense(4, name="h"), Windows(3, name="windows")], name="last")


def several_outputs():
    x, by = keras.Input((4,), name="x"), keras.Input((4,), name="by")
    parts = Split(name="split")(x, by=by)
    y = L.Concatenate(name="together")([parts["half"], parts["rest"][0]])
    return keras.Model({"x": x, "by": by}, [L.Dense(1, name="y")(y), parts["rest"][1]], name="several_outputs")


def functions():
    x = keras.Input((4,), name="x")
    h = L.Dense(3, activation=bend, kernel_initializer=Start(), kernel_regularizer=Penalty(), name="h")(x)
    return keras.Model(x, L.Dense(2, name="y")(L.Activation(bend, name="bent")(h)), name="functions")


def lambdas():
    half = eval(compile("lambda x: x[:, :2]", "<lambda>", "eval"))
    x = keras.Input((4,), name="x")
    h = L.Lambda(half, name="half")(x)
    return keras.Model(x, L.Dense(3, name="y")(h), name="lambdas")


def lambdas_in_a_stack():
    half = eval(compile("lambda x: x[:, :2]", "<lambda>", "eval"))
    return keras.Sequential(
        [L.Input((4,)), L.Lambda(half, name="half"), L.Dropout(0.5), L.Dense(3, name="y")], name="lambda_stack"
    )


def texts():
    x = keras.Input((), dtype="string", name="x")
    h = Tokens(name="tokens")(Lower(name="lower")(x))
    h = L.Embedding(7, 3, mask_zero=True, name="vectors")(h)
    return keras.Model(x, L.Dense(1, name="y")(L.GlobalAveragePooling1D(name="mean")(h)), name="texts")


def quantized_attention():
    x = keras.Input((3, 4), name="x")
    model = keras.Model(x, L.MultiHeadAttention(2, 4, name="attention")(x, x), name="attention")
    model.quantize("int8")
    return model


BUILDERS = {
    m.__name__: m
    for m in (
        functional_class, functional_class_with_options, functional_class_inside, sequential_class, vae, physics,
        physics_compiled, cells, stacked, last, several_outputs, functions, lambdas, lambdas_in_a_stack, texts, quantized_attention,
    )
}  # fmt: skip
