"""Optimizers and learning rate schedules in several configurations each."""

from dataclasses import dataclass, field

from keras import optimizers as O
from keras.optimizers import schedules as S


@dataclass
class Case:
    id: str
    exclude: list = field(default_factory=list)
    """Parts of the names of variables that do not decay."""
    without: list = field(default_factory=list)
    """The variables that have no gradient."""
    infinite: list = field(default_factory=list)
    """The steps whose gradients are not finite."""
    constrained: bool = False
    """Whether the first variable is to stay at least 0."""
    dtype: str = "float32"
    stateless: bool = False
    """Whether Keras on JAX can only run it by stateless_apply."""
    since: tuple = (3, 0)
    until: tuple = (4, 0)

    def make(self):
        return eval(self.id, {"O": O, "S": S})


SGD = """
O.SGD() | O.SGD(0.1) | O.SGD(learning_rate=0.1, momentum=0.9) | O.SGD(learning_rate=0.1, momentum=0.9, nesterov=True)
O.SGD(0.1, weight_decay=0.01) | O.SGD(0.1, clipnorm=0.5) | O.SGD(0.1, clipvalue=0.25) | O.SGD(0.1, global_clipnorm=0.5)
O.SGD(0.1, use_ema=True) | O.SGD(0.1, use_ema=True, ema_momentum=0.5, ema_overwrite_frequency=3)
O.SGD(0.1, momentum=0.5, gradient_accumulation_steps=3) | O.SGD(0.1, loss_scale_factor=4.0)
O.SGD(0.1, weight_decay=0.1, clipnorm=1.0, gradient_accumulation_steps=2)
O.SGD(S.ExponentialDecay(0.1, 2, 0.5)) | O.SGD(S.CosineDecay(0.1, 5, warmup_target=0.5, warmup_steps=3), momentum=0.9)
O.SGD(0.1, name="mine")
"""

OTHERS = """
O.Adam() | O.Adam(0.1) | O.Adam(0.1, beta_1=0.8, beta_2=0.9, epsilon=0.001) | O.Adam(0.1, amsgrad=True)
O.Adam(0.1, use_ema=True, ema_momentum=0.9) | O.Adam(0.1, gradient_accumulation_steps=2) | O.Adam(0.1, weight_decay=0.1)
O.Adam(S.PiecewiseConstantDecay([2, 5], [0.1, 0.05, 0.01]), clipnorm=0.1)
O.AdamW() | O.AdamW(0.1, weight_decay=0.1) | O.AdamW(0.1, amsgrad=True, global_clipnorm=0.1)
O.RMSprop() | O.RMSprop(0.1, rho=0.5) | O.RMSprop(0.1, momentum=0.9) | O.RMSprop(0.1, centered=True) | O.RMSprop(0.1, momentum=0.5, centered=True, epsilon=0.01)
O.Adagrad() | O.Adagrad(0.1, initial_accumulator_value=0.5, epsilon=0.001)
O.Adadelta() | O.Adadelta(1.0, rho=0.5, epsilon=0.001)
O.Adamax() | O.Adamax(0.1, beta_1=0.5, beta_2=0.7)
O.Nadam() | O.Nadam(0.1, beta_1=0.5, beta_2=0.7, epsilon=0.01)
O.Ftrl() | O.Ftrl(0.1, learning_rate_power=-0.25, l1_regularization_strength=0.1, l2_regularization_strength=0.2, l2_shrinkage_regularization_strength=0.3, beta=0.4)
O.Lion() | O.Lion(0.1, beta_1=0.5, beta_2=0.7, weight_decay=0.01)
O.Lamb() | O.Lamb(0.1, beta_1=0.5, beta_2=0.7, weight_decay=0.01)
O.Adafactor() | O.Adafactor(0.1, relative_step=False, clip_threshold=0.5) | O.Adafactor(S.InverseTimeDecay(0.1, 2, 0.5), beta_2_decay=-0.5)
"""

NEWER = """
O.Muon() | O.Muon(0.1, nesterov=False, ns_steps=3) | O.Muon(0.1, exclude_layers=["dense"], rms_rate=None)
O.Muon(0.1, exclude_embeddings=False, weight_decay=None, adam_lr_ratio=0.5)
O.ScheduleFreeAdamW() | O.ScheduleFreeAdamW(0.1, warmup_steps=4, beta_1=0.8)
O.MultiOptimizer(O.OptimizerMap(O.SGD(0.1), {"dense/.*": O.Adam(0.1), "conv/kernel": O.RMSprop(0.01)}))
O.MultiOptimizer(O.OptimizerMap(O.SGD(0.1, momentum=0.9), {"embedding/embeddings": O.Adagrad(0.5)}), loss_scale_factor=2.0)
"""


def listed(table):
    return [e.strip() for line in table.strip().splitlines() for e in line.split(" | ")]


CASES = [
    *(Case(e) for e in listed(SGD)),
    Case("O.SGD(0.1, weight_decay=0.1, momentum=0.1)", exclude=["bias", "emb"]),
    Case("O.SGD(0.1, momentum=0.2)", without=[1, 2]),
    Case("O.SGD(0.2)", constrained=True),
    Case("O.SGD(0.125, momentum=0.5)", dtype="bfloat16"),
    Case("O.SGD(0.125, momentum=0.25)", dtype="float16"),
    *(Case(e) for e in listed(OTHERS)),
    Case("O.Adam(0.2, gradient_accumulation_steps=3, use_ema=True)"),
    Case("O.AdamW(0.2)", exclude=["bias"]),
    Case("O.Adam(0.2)", dtype="bfloat16"),
    Case("O.Adam(0.3)", dtype="float16"),
    Case("O.Adam(0.4)", without=[0]),
    Case("O.LossScaleOptimizer(O.SGD(0.1), initial_scale=8.0, dynamic_growth_steps=3)", stateless=True),
    Case(
        "O.LossScaleOptimizer(O.Adam(0.1), initial_scale=1024.0, dynamic_growth_steps=2)",
        stateless=True,
        infinite=[3, 4, 8],
    ),
    *(Case(e, since=(3, 14)) for e in listed(NEWER)),
]

SCHEDULES = [
    (e, lambda e=e: eval(e, {"S": S}))
    for e in listed("""
S.ExponentialDecay(0.1, 10, 0.9) | S.ExponentialDecay(0.1, decay_steps=10, decay_rate=0.5, staircase=True, name="mine")
S.PiecewiseConstantDecay([5, 10], [1.0, 0.5, 0.1]) | S.PiecewiseConstantDecay([2], [0.5, 0.25]) | S.PiecewiseConstantDecay(boundaries=[2.5, 7.5, 20.0], values=[1.0, 0.75, 0.5, 0.25])
S.PolynomialDecay(0.1, 10) | S.PolynomialDecay(0.1, 10, end_learning_rate=0.01, power=0.5) | S.PolynomialDecay(0.1, 7, power=2.0, cycle=True)
S.InverseTimeDecay(0.1, 10, 0.5) | S.InverseTimeDecay(0.1, 10, 0.5, staircase=True)
S.CosineDecay(0.1, 10) | S.CosineDecay(0.1, 10, alpha=0.1) | S.CosineDecay(0.0, 10, warmup_target=0.2, warmup_steps=5) | S.CosineDecay(0.1, 7, alpha=0.5, warmup_target=0.2, warmup_steps=3, name="warm")
S.CosineDecayRestarts(0.1, 10) | S.CosineDecayRestarts(0.1, 5, t_mul=1.0, m_mul=0.9) | S.CosineDecayRestarts(0.1, 3, t_mul=1.5, m_mul=0.5, alpha=0.1)
""")
]

STEPS = [0, 1, 2, 3, 5, 7, 8, 9, 10, 11, 15, 20, 30, 50, 100]
