import type { Constraint } from "../../constraints/constraint.ts";
import type { Initializer } from "../../initializers/initializer.ts";
import type { Regularizer } from "../../regularizers/regularizer.ts";
import type { WeightOptions } from "../layer.ts";

/** The fields of layers with a scale `gamma` and an offset `beta`. */
interface ScaledAndCentered {
  readonly gamma_initializer: Initializer;
  readonly gamma_regularizer: Regularizer | null;
  readonly gamma_constraint: Constraint | null;
  readonly beta_initializer: Initializer;
  readonly beta_regularizer: Regularizer | null;
  readonly beta_constraint: Constraint | null;
}

/** What a layer says of its `gamma`, without the shape. */
export function gammaOptions(layer: ScaledAndCentered): Omit<WeightOptions, "shape"> {
  return {
    name: "gamma",
    initializer: layer.gamma_initializer,
    regularizer: layer.gamma_regularizer,
    constraint: layer.gamma_constraint,
  };
}

/** What a layer says of its `beta`, without the shape. */
export function betaOptions(layer: ScaledAndCentered): Omit<WeightOptions, "shape"> {
  return {
    name: "beta",
    initializer: layer.beta_initializer,
    regularizer: layer.beta_regularizer,
    constraint: layer.beta_constraint,
  };
}
