import { constraint } from "../constraints/field.ts";
import { initializer } from "../initializers/field.ts";
import { regularizer } from "../regularizers/field.ts";

/** How a kernel and a bias begin, and what training adds to the loss for them. */
export const kernelAndBias = {
  /** What the kernel is filled with when it is made. Defaults to "glorot_uniform". */
  kernel_initializer: initializer("glorot_uniform"),
  /** What the bias is filled with when it is made. Defaults to "zeros". */
  bias_initializer: initializer("zeros"),
  /** The penalty on the kernel that training adds to the loss. Defaults to none. */
  kernel_regularizer: regularizer(),
  /** The penalty on the bias that training adds to the loss. Defaults to none. */
  bias_regularizer: regularizer(),
};

/** What training adds to the loss for the outputs; written where it is null, too. */
export const outputPenalty = {
  /** The penalty on the outputs that training adds to the loss. Defaults to none. */
  activity_regularizer: regularizer(),
};

/** What a kernel and a bias are held to. */
export const kernelAndBiasLimits = {
  /** What the kernel is made to fulfil after each step of training. Defaults to none. */
  kernel_constraint: constraint(),
  /** What the bias is made to fulfil after each step of training. Defaults to none. */
  bias_constraint: constraint(),
};
