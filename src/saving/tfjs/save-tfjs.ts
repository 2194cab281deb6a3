import { knowKeras2 } from "../../dialects/older.ts";
import { parseDialect } from "../../dialects/version.ts";
import { currentWriting, runWriting } from "../../fields/writing.ts";
import type { Model } from "../../models/model.ts";
import { serializeObject } from "../../registry/serialize.ts";
import { checkTold } from "../../registry/untold.ts";
import type { LayerConfig } from "./instead.ts";
import { nearestTo, usual } from "./nearest.ts";
import type { ModelFile, TfjsOptions } from "./options.ts";
import { tfjsFiles } from "./write-tfjs.ts";

/** The files of a layers model: weights in parts, one at a time, and last `model.json`. */
export function filesOfModel(model: Model, options: TfjsOptions): AsyncGenerator<ModelFile> {
  knowKeras2();
  const dialect = parseDialect(nearestTo(model.toJson()));
  const config = runWriting({ ...currentWriting(), dialect, needs: null, file: new Map() }, () =>
    checkTold(serializeObject(model)),
  );
  return tfjsFiles(model, config as unknown as LayerConfig, usual, options);
}
