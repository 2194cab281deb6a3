import type { ConfigurableClass } from "../fields/configurable.ts";
import type { Dialect } from "../fields/dialect.ts";
import type { JsonObject } from "../json/json.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** The envelope an object was read from, and the Keras version that wrote it. */
export interface Provenance {
  readonly envelope: JsonObject;
  readonly dialect: Dialect;
}

const envelopes = new WeakMap<object, Provenance>();
const classes = new WeakMap<object, ConfigurableClass>();
const numpy = new WeakSet<Tensor>();

/** Where objects came from, and which class an envelope written here stands for. */
export const provenance = {
  get: (object: object): Provenance | undefined => envelopes.get(object),
  set: (object: object, from: Provenance): void => void envelopes.set(object, from),
  /** An envelope made by `serialize` knows its class, so that `fromConfig(getConfig())` needs no registry. */
  classOf: (envelope: object): ConfigurableClass | undefined => classes.get(envelope),
  setClass: (envelope: object, cls: ConfigurableClass): void => void classes.set(envelope, cls),
};

/** Whether a tensor is written as a NumPy array or as a tensor. */
export function tensorKind(tensor: Tensor): "__numpy__" | "__tensor__" {
  return numpy.has(tensor) ? "__numpy__" : "__tensor__";
}

export function markNumpy(tensor: Tensor): void {
  numpy.add(tensor);
}
