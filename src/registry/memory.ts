import type { Dialect } from "../dialects/version.ts";
import { attachment } from "../json/attachment.ts";
import type { JsonObject } from "../json/json.ts";
import { aboutOf, setAbout } from "../json/marks.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** The envelope an object was read from, and the Keras version that wrote it. */
export interface Provenance {
  readonly envelope: JsonObject;
  readonly dialect: Dialect;
  /** The same object's envelopes where its config names it again: ids of what is shared stand elsewhere in them. */
  again?: JsonObject[];
}

const envelopes = /* @__PURE__ */ attachment<Provenance | undefined>();
const kinds = /* @__PURE__ */ attachment<"__numpy__">();

/** Where objects came from, and which class an envelope written here stands for. */
export const provenance = {
  get: (object: object): Provenance | undefined => envelopes.get(object),
  set: (object: object, from: Provenance | undefined): void => envelopes.set(object, from),
  /** Remembers another envelope of an object that was read already. */
  add: (object: object, envelope: JsonObject): void => {
    const first = envelopes.get(object);
    if (!first) return;
    first.again ??= [];
    first.again.push(envelope);
  },
  /** An envelope that was written or read here knows its class or function, so that a clone needs no registry. */
  classOf: (envelope: object): object | undefined => aboutOf(envelope),
  setClass: (envelope: object, cls: object): void => setAbout(envelope, cls),
};

/** Whether a tensor is written as a NumPy array or as a tensor. */
export function tensorKind(tensor: Tensor): "__numpy__" | "__tensor__" {
  return kinds.get(tensor) ?? "__tensor__";
}

export function markNumpy(tensor: Tensor): void {
  kinds.set(tensor, "__numpy__");
}
