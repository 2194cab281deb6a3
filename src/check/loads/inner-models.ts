import { isDict } from "../../dialects/change.ts";
import { eachCall, eachEntry } from "../../dialects/graph.ts";
import { countsAsWritten, shapesOfModels, slicesAxes } from "../../dialects/loads.ts";
import { before } from "../../dialects/programs.ts";
import type { Range } from "../../dialects/version.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { quote } from "../../json/quote.ts";
import { historiesIn } from "../crossed-calls.ts";
import { eachDict } from "../each-dict.ts";

/** What is found, and the versions that cannot do with it. */
type Visit = (text: string, versions: Range) => void;

/** What the first versions of Keras 3 write and do not load, or load and compute otherwise: models inside others, and slices. */
export function obstaclesInside(config: JsonValue): { readonly text: string; readonly versions: Range }[] {
  const found: { text: string; versions: Range }[] = [];
  const visit: Visit = (text, versions) => found.push({ text, versions });
  eachDict(config, "config", (dict) => {
    if (dict.class_name === "TimeDistributed") inSteps(dict, visit);
    if (dict.class_name === "Sequential") inRow(dict, visit);
    if (dict.class_name === "GetItem") inSlices(dict, visit);
    if (Array.isArray(dict.layers) && dict.output_layers !== undefined) atEnds(dict, visit);
  });
  return found;
}

function inSteps({ config }: JsonObject, visit: Visit): void {
  if (!isDict(config) || !isDict(config.layer)) return;
  const { class_name: inner } = config.layer;
  if (inner === "Functional" || inner === "Sequential")
    visit(
      `layer ${quote(String(config.name))}: a model for the steps of a TimeDistributed`,
      before("keras", shapesOfModels),
    );
}

/** A functional model in front of another layer, which is given a list. */
function inRow({ config }: JsonObject, visit: Visit): void {
  const layers = isDict(config) && Array.isArray(config.layers) ? config.layers : [];
  for (const [i, entry] of layers.entries()) {
    const next = layers[i + 1];
    if (isFunctional(entry) && isDict(next) && !isFunctional(next))
      visit(
        `layer ${quote(nameOf(entry))}: a functional model before another layer of a Sequential`,
        before("keras", countsAsWritten),
      );
  }
}

function inSlices(entry: JsonObject, visit: Visit): void {
  eachCall(entry, ({ args, kwargs }) => {
    if (Array.isArray(args[1] ?? kwargs.key))
      visit(`operation ${quote(nameOf(entry))}: a slice of several axes`, before("keras", slicesAxes));
  });
}

/** A functional model whose call gives what a graph ends with. */
function atEnds(graph: JsonObject, visit: Visit): void {
  const models = new Set<JsonValue | undefined>();
  eachEntry(graph, (entry) => {
    if (isFunctional(entry)) models.add(nameOf(entry));
  });
  const ends = historiesIn(graph.output_layers).map(([name]) => name);
  for (const name of new Set(ends))
    if (models.has(name))
      visit(
        `model ${quote(String(graph.name))}: an output that a model inside gives, ${quote(String(name))}`,
        before("keras", countsAsWritten),
      );
}

function isFunctional(entry: JsonValue | undefined): entry is JsonObject {
  return isDict(entry) && entry.class_name === "Functional";
}

function nameOf({ name, config }: JsonObject): string {
  return String(name ?? (isDict(config) ? config.name : ""));
}
