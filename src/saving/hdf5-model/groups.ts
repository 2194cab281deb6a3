import { FileError } from "../../errors.ts";
import { inspect } from "../../json/inspect.ts";
import { quote } from "../../json/quote.ts";
import { type AttributeValue, type Hdf5Group, objectAt, placeIn } from "../hdf5/index.ts";
import type { LayerArrays, NamedArray } from "../layer-weights.ts";

/** More pieces than any list of names was ever split into. */
const mostPieces = 10_000;

/**
 * The layers of a group and their arrays, in the order that the file says: `layer_names` of the group, `weight_names` of
 * each layer's own. Long lists are split over several attributes: `layer_names0`, `layer_names1`, …
 */
export function layersIn(group: Hdf5Group, file: string): LayerArrays[] {
  return namesAt(group, "layer_names", placeIn(file, group.path)).map((name) => {
    const path = `${group.path}/${name}`;
    const layer = objectAt(group, name);
    if (layer?.kind !== "group")
      throw new FileError(placeIn(file, path), "expected a group, received nothing.");
    return { name, arrays: arraysIn(layer, file) };
  });
}

/** The arrays of a layer's group. */
export function arraysIn(group: Hdf5Group, file: string): NamedArray[] {
  return namesAt(group, "weight_names", placeIn(file, group.path)).map((name) => {
    const array = objectAt(group, name);
    if (array?.kind === "dataset") return { name, array };
    throw new FileError(
      placeIn(file, `${group.path}/${name}`),
      `expected a dataset, received ${array ? "a group" : "nothing"}.`,
    );
  });
}

/** The names that an attribute lists; none where it is not there. */
export function namesAt({ attributes }: Hdf5Group, key: string, where: string): readonly string[] {
  const whole = attributes.get(key);
  if (whole !== undefined) return namesIn(whole, key, where);
  const names: string[] = [];
  for (let i = 0; i < mostPieces; i++) {
    const piece = attributes.get(`${key}${i}`);
    if (piece === undefined) break;
    for (const name of namesIn(piece, `${key}${i}`, where)) names.push(name);
  }
  return names;
}

function namesIn(value: AttributeValue, key: string, where: string): readonly string[] {
  if (Array.isArray(value)) return value;
  // An empty list is written as no numbers.
  if (typeof value === "object" && value !== null && "shape" in value && value.shape.includes(0)) return [];
  throw new FileError(where, `expected names in the attribute ${quote(key)}, received ${inspect(value)}.`);
}
