import { setEntry } from "../../json/copy.ts";
import type { JsonObject } from "../../json/json.ts";
import { copyMarks, keysOf, markFloat } from "../../json/marks.ts";
import { isDict } from "../change.ts";

/** What Keras 2's layers of cuDNN compute, as options of the layers that compute it anywhere. */
const options: Readonly<Record<string, { readonly name: string; readonly rest: JsonObject }>> = {
  CuDNNLSTM: { name: "LSTM", rest: {} },
  CuDNNGRU: { name: "GRU", rest: { reset_after: true } },
};

/** Whether an envelope is that of a layer of cuDNN; its weights lie otherwise, see `fromCudnn` of saving/. */
export function isCudnn({ class_name: name }: JsonObject): boolean {
  return typeof name === "string" && Object.hasOwn(options, name);
}

/**
 * The envelope of a CuDNNLSTM or CuDNNGRU as that of the LSTM or GRU of Keras 2 that computes the same; any other as it
 * is. What is given stays as it was.
 */
export function withoutCudnn(envelope: JsonObject): JsonObject {
  const { class_name: className, config } = envelope;
  if (typeof className !== "string" || !Object.hasOwn(options, className) || !isDict(config)) return envelope;
  const { name, rest } = options[className]!;
  const own: JsonObject = {};
  for (const key of keysOf(config)) setEntry(own, key, config[key]!);
  copyMarks(config, own);
  Object.assign(own, {
    activation: "tanh",
    recurrent_activation: "sigmoid",
    use_bias: true,
    dropout: 0,
    recurrent_dropout: 0,
    ...rest,
  });
  for (const key of ["dropout", "recurrent_dropout"]) markFloat(own, key);
  const result: JsonObject = { ...envelope, class_name: name, config: own };
  copyMarks(envelope, result);
  return result;
}
