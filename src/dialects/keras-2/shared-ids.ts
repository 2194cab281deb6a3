import { comparable } from "../../json/comparable.ts";
import { copyJson } from "../../json/copy.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { isDict } from "../change.ts";
import { partsOf } from "./serialized-parts.ts";

/** Where envelopes have the id of an object that others have too. */
const KEY = "shared_object_id";

/** An object that was met while a graph was written. */
interface Met {
  readonly id: number;
  /** The envelopes that stand for it, and still say what is learned of it. */
  readonly places: Set<JsonObject>;
  isShared: boolean;
}

/**
 * Gives the ids that Keras up to 2.11 writes to a graph whose envelopes have, in their place, what tells an object from
 * others. A graph that is written as it was read has its ids already; a copy of one shares nothing that it shared.
 * Source: Keras 2.9 `utils/generic_utils.py`, `engine/functional.py`.
 */
export function numberShared(graph: JsonObject, isCopied: boolean | null): void {
  const isNew = isCopied === null;
  if (isNew || (isCopied && hasIds(graph))) new Numbering(isNew).visitLayers(graph);
  eachEnvelope(graph, (envelope) => typeof envelope[KEY] === "string" && delete envelope[KEY]);
}

/** Goes through a graph as Keras does, where each object takes a number when all that is in it has one. */
class Numbering {
  /** By what an object is known by, or the only envelope that stands for it. */
  readonly #met = new Map<string | JsonObject, Met>();
  readonly #known = new Map<JsonObject, string | JsonObject>();
  /** What was written of objects, in this order. */
  readonly #written: { readonly met: Met; readonly place: JsonObject }[] = [];
  readonly #keepsIds: boolean;
  #next = 0;

  /** With the ids of files, objects are as shared as they were there. */
  constructor(keepsIds: boolean) {
    this.#keepsIds = keepsIds;
  }

  visitLayers({ layers }: JsonObject): void {
    for (const envelope of Array.isArray(layers) ? layers : []) if (isDict(envelope)) this.#visit(envelope);
  }

  #visit(envelope: JsonObject): void {
    const { config } = envelope;
    if (!this.#known.has(envelope)) this.#known.set(envelope, this.#identityOf(envelope));
    if (isDict(config) && Array.isArray(config.layers)) this.#visitModel(config);
    else if (isDict(config))
      for (const part of partsOf(String(envelope.class_name), config)) {
        if (part === null) this.#next++;
        else this.#visit(part);
      }
    this.#meet(this.#known.get(envelope)!, envelope);
  }

  /** Takes off an envelope what its object is known by: an id of a file that it came from, or what was found here. */
  #identityOf(envelope: JsonObject): string | JsonObject {
    const { [KEY]: known, class_name: className, config } = envelope;
    delete envelope[KEY];
    if (typeof known === "string") return known;
    // Policies are global ones, as a rule.
    if (this.#keepsIds && className === "Policy") return comparable(config ?? null);
    return this.#keepsIds && typeof known === "number"
      ? `${known} ${comparable(copyJson(config ?? null, KEY))}`
      : envelope;
  }

  /** Keras copies the config of a model inside: what is met again later does not say so there. */
  #visitModel(config: JsonObject): void {
    const before = this.#written.length;
    this.visitLayers(config);
    for (const { met, place } of this.#written.splice(before)) met.places.delete(place);
  }

  #meet(key: string | JsonObject, place: JsonObject): void {
    const known = this.#met.get(key);
    const met = known ?? { id: this.#next++, places: new Set(), isShared: false };
    if (known) met.isShared = true;
    else this.#met.set(key, met);
    if (!met.places.has(place)) this.#written.push({ met, place });
    met.places.add(place);
    for (const each of met.isShared ? met.places : []) each[KEY] = met.id;
  }
}

function hasIds(graph: JsonObject): boolean {
  let found = false;
  eachEnvelope(graph, (envelope) => {
    found ||= typeof envelope[KEY] === "number";
  });
  return found;
}

function eachEnvelope(value: JsonValue, visit: (envelope: JsonObject) => void): void {
  if (typeof value !== "object" || value === null) return;
  if (isDict(value) && "class_name" in value) visit(value);
  for (const item of Object.values(value)) eachEnvelope(item as JsonValue, visit);
}
