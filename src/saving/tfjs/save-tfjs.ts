import { droppedTo } from "../../dialects/dropping.ts";
import { Lacks } from "../../dialects/lacks.ts";
import { nearestTo, usual } from "../../dialects/tfjs/nearest.ts";
import { parseDialect } from "../../dialects/version.ts";
import { currentWriting, gatherLacks, runWriting, withDialect } from "../../fields/writing.ts";
import { knowOlderLayers } from "../../layers/tf-keras/know.ts";
import type { Model } from "../../models/model.ts";
import { serializeObject } from "../../registry/serialize.ts";
import { checkTold } from "../../registry/untold.ts";
import { fedFinder } from "./fed.ts";
import type { LayerConfig } from "./instead.ts";
import type { ModelFile, TfjsOptions } from "./options.ts";
import { toTopology } from "./topology.ts";
import { tfjsFiles } from "./write-tfjs.ts";

/** The files of a layers model: weights in parts, one at a time, and last `model.json`. */
export function filesOfModel(model: Model, options: TfjsOptions): AsyncGenerator<ModelFile> {
  knowOlderLayers();
  const lacks = new Lacks(droppedTo(options));
  const write = () => {
    const config = runWriting({ ...currentWriting(), file: new Map() }, () =>
      checkTold(serializeObject(model)),
    );
    return toTopology(config as unknown as LayerConfig, fedFinder(model), lacks);
  };
  const dialect = parseDialect(nearestTo(model.toJson()));
  const topology = withDialect(dialect, () => gatherLacks(lacks, write, true));
  return tfjsFiles(model, topology, usual, options);
}
