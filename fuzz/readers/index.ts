import type { Reader } from "../reader.ts";
import { archive } from "./archive.ts";
import { check } from "./check.ts";
import { commands } from "./commands.ts";
import { compiled } from "./compile.ts";
import { classes, configs, envelopes } from "./configs.ts";
import { foreign } from "./foreign.ts";
import { hdf5 } from "./hdf5.ts";
import { http } from "./http.ts";
import { keras } from "./keras.ts";
import { npy, npz } from "./numpy.ts";
import { olderConfigs } from "./older-configs.ts";
import { olderModels, olderWeights } from "./older-hdf5.ts";
import { savedModel } from "./saved-model.ts";
import { schema } from "./schema.ts";
import { sharded } from "./sharded.ts";
import { text } from "./text.ts";
import { tfjs } from "./tfjs.ts";
import { weights } from "./weights.ts";
import { yaml } from "./yaml.ts";

/** What reads files that are not as Keras 3 writes them. */
export const olderReaders: readonly Reader[] = [
  yaml,
  olderConfigs,
  olderModels,
  olderWeights,
  sharded,
  savedModel,
  tfjs,
];

/** Everything that reads what strangers wrote; a new reader is a line here. */
export const readers: readonly Reader[] = [
  archive,
  hdf5,
  keras,
  weights,
  configs,
  classes,
  envelopes,
  compiled,
  text,
  npy,
  npz,
  foreign,
  http,
  check,
  commands,
  schema,
  ...olderReaders,
];
