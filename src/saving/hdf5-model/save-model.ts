import { droppedTo } from "../../dialects/dropping.ts";
import { askedDialect } from "../../dialects/version.ts";
import { older } from "../../dialects/walk.ts";
import { USUAL_OLDER } from "../../dialects/written.ts";
import { ConfigError } from "../../errors.ts";
import { inspect } from "../../json/inspect.ts";
import { knowOlderLayers } from "../../layers/tf-keras/know.ts";
import { checkModel } from "../../models/check-model.ts";
import type { Model } from "../../models/model.ts";
import { Watch } from "../../progress.ts";
import { PieceRoom } from "../read-ahead.ts";
import { checkSaveOptions, type SaveModelOptions } from "../save-options.ts";
import { hdf5ModelBytes } from "./write-model.ts";

/** A model as the bytes of a whole-model HDF5 file, which Keras 2 and 3 read; large weights in a room where there is one. */
export function saveHdf5Model(
  model: Model,
  options: SaveModelOptions = {},
  pieceRoom?: PieceRoom,
): AsyncIterable<Uint8Array> {
  checkModel("saveModel", model);
  checkSaveOptions(options);
  if (options.date != null)
    throw new ConfigError(
      "saveModel.date",
      `expected none, because HDF5 files of models have no date, received ${inspect(options.date)}.`,
    );
  knowOlderLayers();
  const { keras } = options;
  const dialect = keras == null ? USUAL_OLDER : askedDialect("saveModel.keras", keras, older.written);
  const onDropped = droppedTo(options);
  return hdf5ModelBytes(model, {
    name: "model.h5",
    dialect,
    onDropped,
    watch: new Watch(options),
    pieceRoom,
  });
}

/** The same for a file: who takes the chunks has done with one when they ask for the next but one. */
export function saveHdf5ModelFile(model: Model, options: SaveModelOptions = {}): AsyncIterable<Uint8Array> {
  return saveHdf5Model(model, options, new PieceRoom());
}
