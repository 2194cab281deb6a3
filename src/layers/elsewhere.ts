import type { Elsewhere } from "../graph/elsewhere.ts";

/** What Keras's layers have under a name that JavaScript spells otherwise. */
export const layersElsewhere: Elsewhere = {
  get_config: "It is called getConfig() here.",
  get_weights: "It is called getWeights() here.",
  set_weights: "It is called setWeights(tensors) here.",
  get_build_config: "It is called getBuildConfig() here.",
  build_from_config: "It is called buildFromConfig(config) here.",
  count_params: "It is called countParams() here.",
  add_weight: "It is called addWeight({ name, shape, initializer }) here, for classes of your own.",
  compute_output_shape: "The shape of layer.apply(Input({ shape })) is the output shape.",
  compute_mask: "It is called computeMask(inputs, mask) here.",
};
