import type { JsonObject, JsonValue } from "../../json/json.ts";
import { copyMarks } from "../../json/marks.ts";
import { architectureOf } from "../architectures.ts";
import { isDict } from "../change.ts";
import { noteOriginal } from "../notes.ts";
import { readBuildConfig } from "./build-config.ts";
import { withoutCudnn } from "./cudnn.ts";
import { isOfKeras, publicModule } from "./modules.ts";
import { readLossScale } from "./optimizers.ts";

/** Modules of Keras 2 that are not those where Keras 3 has the same class. */
const moved: Readonly<Record<string, string>> = {
  CosineDecay: "keras.optimizers.schedules",
  CosineDecayRestarts: "keras.optimizers.schedules",
  ExponentialDecay: "keras.optimizers.schedules",
  InverseTimeDecay: "keras.optimizers.schedules",
  PiecewiseConstantDecay: "keras.optimizers.schedules",
  PolynomialDecay: "keras.optimizers.schedules",
  Functional: "keras.src.models.functional",
  Model: "keras",
  Sequential: "keras",
};

/** An envelope of Keras 2 as Keras 3 writes it. */
export function readEnvelope(written: JsonObject): JsonObject {
  const envelope = readLossScale(withoutCudnn(written));
  const { class_name: given, module, config } = envelope;
  if (typeof given !== "string") return envelope;
  if (envelope !== written && isDict(config) && isDict(written.config) && config !== written.config)
    noteOriginal(config, written.config, true);
  const result = { ...envelope };
  copyMarks(envelope, result);
  const parts = given.split(">");
  if (parts.length === 2 && module == null) {
    result.registered_name = given;
    result.class_name = parts[1]!;
    return result;
  }
  const architecture = architectureOf(envelope);
  if (architecture !== null) result.module = architecture;
  if (given === "Model" && isGraph(config)) result.class_name = "Functional";
  if (given === "SyncBatchNormalization" && isDict(config)) {
    result.class_name = "BatchNormalization";
    result.config = { ...config, synchronized: true };
    copyMarks(config, result.config);
    noteOriginal(result.config, config, true);
  }
  const name = String(result.class_name);
  if (result.build_config !== undefined) result.build_config = readBuildConfig(name, result.build_config);
  if ((module == null || isOfKeras(module)) && Object.hasOwn(moved, name)) {
    result.module = moved[name]!;
    // Until 2.2 the config of a Sequential was the list of its layers.
    if (name === "Sequential" && Array.isArray(config)) result.config = { name: null, layers: config };
  } else if (isOfKeras(module)) result.module = publicModule(module);
  return result;
}

/** Whether a config is that of a functional model. */
function isGraph(config: JsonValue | undefined): boolean {
  return isDict(config) && "layers" in config && "input_layers" in config && "output_layers" in config;
}
