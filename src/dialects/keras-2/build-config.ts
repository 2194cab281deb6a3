import type { JsonObject, JsonValue } from "../../json/json.ts";
import { isDict } from "../change.ts";

/** Layers that take the shape of a sequence, where files of Keras 2 have those of its states behind it. */
const ofSequences = /^(?:Bidirectional|RNN|LSTM|GRU|SimpleRNN|ConvLSTM[123]D)$/;

/**
 * What a layer was built for, as far as Keras 2 says it: of attention the shape of the query alone, so that its calls have
 * to build it; null where nothing is left.
 */
export function readBuildConfig(className: string, build: JsonValue): JsonValue {
  if (className === "MultiHeadAttention") return null;
  if (!ofSequences.test(className) || !isDict(build) || !Array.isArray(build.input_shape)) return build;
  const [first] = build.input_shape;
  return Array.isArray(first) ? ({ ...build, input_shape: first } satisfies JsonObject) : build;
}
