import { isDict } from "../dialects/change.ts";
import { comparable } from "../json/comparable.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { joinPath } from "../json/path.ts";
import { quote } from "../json/quote.ts";

/** Something that a model's config says otherwise than it did. */
export interface ConversionChange {
  /** Which layer it is of, such as `layer "encoder/dense"`, or the model. */
  readonly path: string;
  /** Its key, such as `batch_input_shape` or `kernel_initializer.seed`; `class_name` is what the class is called. */
  readonly key: string;
  /** What it was; undefined where the key is new. */
  readonly from: JsonValue | undefined;
  /** What it is; undefined where the key is gone. */
  readonly to: JsonValue | undefined;
}

/** What stands around configs, and how calls are written: that goes with the version, and says nothing else. */
const dress: ReadonlySet<string> = new Set([
  "module",
  "registered_name",
  "build_config",
  "compile_config",
  "shared_object_id",
  "inbound_nodes",
  "input_layers",
  "output_layers",
]);

/** How the config of a model differs from what it was, layer by layer. */
export function changesBetween(before: JsonObject, after: JsonObject): ConversionChange[] {
  const found: ConversionChange[] = [];
  const { name } = configOf(before);
  compareLayer(before, after, `model ${quote(String(name ?? ""))}`, [], found);
  return found;
}

function compareLayer(
  before: JsonObject,
  after: JsonObject,
  path: string,
  around: readonly string[],
  found: ConversionChange[],
): void {
  note(path, "class_name", before.class_name, after.class_name, found);
  const [old, now] = [configOf(before), configOf(after)];
  const { layers: oldLayers, ...oldRest } = old;
  const { layers: nowLayers, ...nowRest } = now;
  compareDicts(path, "", oldRest, nowRest, found);
  const pairs = pairsOf(layersIn(oldLayers), layersIn(nowLayers));
  for (const [one, other] of pairs) {
    const names = [...around, nameOf(one ?? other ?? {})];
    const place = `layer ${quote(names.join("/"))}`;
    if (one && other) compareLayer(one, other, place, names, found);
    else note(place, "class_name", one?.class_name, other?.class_name, found);
  }
}

/** Layers that belong together: of one name, or, of those left over, in one place where none went away. */
function pairsOf(
  before: readonly JsonObject[],
  after: readonly JsonObject[],
): (readonly [JsonObject | undefined, JsonObject | undefined])[] {
  const left = new Map(after.map((layer) => [nameOf(layer), layer]));
  const named = before.map((layer) => {
    const other = left.get(nameOf(layer));
    left.delete(nameOf(layer));
    return [layer, other] as const;
  });
  const others = [...left.values()];
  const gone = named.filter(([, other]) => other === undefined);
  if (gone.length !== others.length) return [...named, ...others.map((layer) => [undefined, layer] as const)];
  const renamed = others.values();
  return named.map(([layer, other]) => [layer, other ?? renamed.next().value]);
}

function compareDicts(
  path: string,
  at: string,
  before: JsonObject,
  after: JsonObject,
  found: ConversionChange[],
): void {
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (dress.has(key)) continue;
    const [one, other] = [before[key], after[key]];
    const inner = joinPath(at, key);
    if (isDict(one) && isDict(other)) {
      if (!isObject(one) && !isObject(other)) compareDicts(path, inner, one, other, found);
      else if (one.class_name === other.class_name)
        compareDicts(path, inner, configOf(one), configOf(other), found);
      else note(path, inner, one, other, found);
    } else note(path, inner, one, other, found);
  }
}

function note(
  path: string,
  key: string,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  found: ConversionChange[],
): void {
  if (before === after) return;
  const [from, to] = [undressed(before), undressed(after)];
  if (textOf(from) !== textOf(to)) found.push({ path, key, from, to });
}

function textOf(value: JsonValue | undefined): string | undefined {
  return value === undefined ? undefined : comparable(value);
}

/** A value with objects as their class and config alone. */
function undressed(value: JsonValue | undefined): JsonValue | undefined {
  if (Array.isArray(value)) return value.map((item) => undressed(item) ?? null);
  if (!isDict(value)) return value;
  const entries = Object.entries(value).filter(([key]) => !dress.has(key));
  return Object.fromEntries(entries.map(([key, item]) => [key, undressed(item) ?? null]));
}

function isObject(value: JsonObject): boolean {
  return typeof value.class_name === "string";
}

function configOf({ config }: JsonObject): JsonObject {
  if (Array.isArray(config)) return { layers: config };
  return isDict(config) ? config : {};
}

function layersIn(layers: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(layers) ? layers.filter(isDict) : [];
}

function nameOf(layer: JsonObject): string {
  return String(configOf(layer).name ?? layer.name ?? "");
}
