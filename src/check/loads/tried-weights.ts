import { quote } from "../../json/quote.ts";

// The weights of which it was tried that all versions load them, by what files call them (`harness/weights_models.py`).

/** Classes and parts of layers, as groups are called. */
const groups = new Set(
  `_layer_checkpoint_dependencies layers vars functional sequential layer cell forward_layer backward_layer
  _query_dense _key_dense _value_dense _output_dense query_dense key_dense value_dense output_dense
  additive_attention attention batch_normalization bidirectional conv1d conv1d_transpose conv2d conv2d_transpose conv3d
  conv3d_transpose conv_lstm2d dense depthwise_conv2d einsum_dense embedding gru layer_normalization lstm
  multi_head_attention normalization p_re_lu separable_conv1d separable_conv2d simple_rnn time_distributed`.split(
    /\s+/,
  ),
);

/** Arrays in files by layers, whose groups have the names of the model's layers. */
const arrays = new Set(
  `alpha beta bias count depthwise_kernel embeddings gamma kernel mean moving_mean moving_variance pointwise_kernel
  recurrent_kernel scale variance`.split(/\s+/),
);

/** What else there is in the paths of arrays, each once; what an optimizer keeps is no weight of a layer. */
export function untriedGroups(paths: readonly string[]): string[] {
  const found = paths
    .filter((path) => !path.startsWith("/optimizer/"))
    .flatMap((path) => path.split("/").slice(1, -1))
    .map((part) => part.replace(/_\d+$/, ""));
  return [...new Set(found)].filter((part) => !groups.has(part)).map((part) => `a group ${quote(part)}`);
}

export function untriedArrays(paths: readonly string[]): string[] {
  const found = paths.map((path) => path.split("/").at(-1)?.replace(/:\d+$/, "") ?? "");
  const own = paths.some((path) => path.startsWith("/top_level_model_weights/"))
    ? ["the model's own weights"]
    : [];
  return [
    ...own,
    ...[...new Set(found)].filter((name) => !arrays.has(name)).map((name) => `an array ${quote(name)}`),
  ];
}
