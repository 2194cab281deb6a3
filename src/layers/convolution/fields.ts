import { activation } from "../../activations/field.ts";
import { constraints } from "../../constraints/field.ts";
import { bool, size } from "../../fields/shorthands.ts";
import { initializer } from "../../initializers/field.ts";
import { regularizer, regularizers } from "../../regularizers/field.ts";
import { dataFormat } from "../data-format.ts";

/** The windows of a convolution over `rank` dimensions. */
export function windowOf(rank: number) {
  return {
    /** Size of the window. */
    kernel_size: size(rank)(),
    /** Steps between windows. */
    strides: size(rank)(1),
  };
}

/** Where the elements of a window are. */
export function spacingOf(rank: number) {
  return {
    data_format: dataFormat(),
    /** How far apart the elements of a window are. */
    dilation_rate: size(rank)(1),
  };
}

/** What becomes of the windows, and the rules of the weights: of those named so, and of the bias. */
export function outputsOf<const Name extends string>(...kernels: readonly Name[]) {
  return {
    /** Applied to the result. Defaults to none. */
    activation: activation(null),
    /** Whether a bias is added. */
    use_bias: bool(true),
    ...initializers(kernels),
    bias_initializer: initializer("zeros"),
    ...regularizers<Name | "bias">(...kernels, "bias"),
    activity_regularizer: regularizer(),
    ...constraints<Name | "bias">(...kernels, "bias"),
  };
}

const glorotUniform = () => initializer("glorot_uniform");

function initializers<Name extends string>(targets: readonly Name[]) {
  const entries = targets.map((target) => [`${target}_initializer`, glorotUniform()]);
  return Object.fromEntries(entries) as Record<`${Name}_initializer`, ReturnType<typeof glorotUniform>>;
}
