import { isDict } from "../../dialects/change.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { quote } from "../../json/quote.ts";
import { eachDict } from "../each-dict.ts";

/** A layer whose weights are of another shape where axes are sorted; unsure where the file does not say of which. */
interface Unsorted {
  readonly layer: string;
  readonly isUnsure: boolean;
}

/** The layers with weights that normalize over several axes which are not in the order of their numbers. */
export function unsortedAxes(config: JsonValue): Unsorted[] {
  const found: Unsorted[] = [];
  eachDict(config, "config", (envelope) => {
    const { class_name: className, config: own } = envelope;
    if (className !== "LayerNormalization" || !isDict(own) || !Array.isArray(own.axis)) return;
    if (own.scale === false && own.center === false) return;
    const axes = own.axis.map(Number);
    const sorted = axes.toSorted((a, b) => a - b);
    const shape = shapeOf(envelope);
    const isSame = (axis: number, i: number) =>
      shape ? shape.at(axis) === shape.at(sorted[i]!) : axis === sorted[i];
    if (!axes.every(isSame)) found.push({ layer: quote(String(own.name)), isUnsure: shape === null });
  });
  return found;
}

/** What a layer was built for. */
function shapeOf({ build_config: built }: JsonObject): readonly JsonValue[] | null {
  return isDict(built) && Array.isArray(built.input_shape) ? built.input_shape : null;
}
