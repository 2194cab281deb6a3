import { namedIn, packageOf } from "../../dialects/change.ts";
import { checksConnections } from "../../dialects/keras-3.14.ts";
import { sortsAxes, waitsForCalls } from "../../dialects/loads.ts";
import { maskedQueries } from "../../dialects/masked-queries.ts";
import { before, everyVersion, from } from "../../dialects/programs.ts";
import { formatDialect } from "../../dialects/version.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { quote } from "../../json/quote.ts";
import { crossedModels } from "../crossed-calls.ts";
import { eachDict } from "../each-dict.ts";
import { eachNewerKey } from "../newer-keys.ts";
import { codeText, eachCode } from "./code.ts";
import { obstaclesAtEnds } from "./ends.ts";
import { obstaclesInside } from "./inner-models.ts";
import type { Obstacle } from "./loading.ts";
import { layersOfUnlikeHalves } from "./unlike-halves.ts";
import { unsortedAxes } from "./unsorted-axes.ts";
import { waitingLayers } from "./waiting-calls.ts";

/** What keeps versions of Keras 3 from making a model of a config of Keras 3. */
export function obstaclesInKeras3(config: JsonValue): Obstacle[] {
  const found: Obstacle[] = [];
  const program = "keras";
  eachNewerKey(config, (key, since, envelope) => {
    const [className, own] = key.split(".") as [string, string];
    const what = own === "class_name" ? className : key;
    const text = `${placeOf(envelope)}${what}, which Keras has since ${formatDialect(since)}`;
    found.push({ program, versions: before(program, since), text });
  });
  for (const name of crossedModels(config))
    found.push({
      program,
      versions: from(program, checksConnections),
      text: `model ${quote(name)}: calls of layers that it shares with another model are taken for its own`,
    });
  for (const name of waitingLayers(config))
    found.push({
      program,
      versions: before(program, waitsForCalls),
      text: `layer ${quote(name)}: a call that needs one of a layer behind it in the file`,
    });
  eachDict(config, "config", (graph) => {
    for (const { layer, refusedBy } of maskedQueries(graph))
      found.push({
        program,
        versions: refusedBy,
        text: `layer ${quote(layer)}: a query or value with a mask, which it cannot be called with there`,
      });
  });
  for (const name of layersOfUnlikeHalves(config))
    found.push({
      program,
      versions: everyVersion(program),
      text: `layer ${quote(name)}: halves of unlike widths, of which what comes behind is made for twice the first`,
      isUnsure: true,
    });
  for (const { layer, isUnsure } of unsortedAxes(config))
    found.push({
      program,
      versions: from(program, sortsAxes),
      text: `layer ${layer}: axes that are not in order, which Keras sorts since ${formatDialect(sortsAxes)}, but not its weights`,
      isUnsure,
    });
  for (const { text, versions } of [...obstaclesAtEnds(config), ...obstaclesInside(config)])
    found.push({ program, versions, text });
  eachCode(config, (name) =>
    found.push({ program, versions: everyVersion(program), text: codeText(name), isUnsure: true }),
  );
  return found;
}

/** `layer "dense": ` of a layer or operation; nothing of what has no name. */
function placeOf(envelope: JsonObject): string {
  const { config, name = null } = envelope;
  const own = typeof config === "object" && config !== null && "name" in config ? config.name : name;
  const about = namedIn(envelope);
  const isPart = about.module !== "keras.layers" && packageOf(about) !== "keras.src.ops";
  if (isPart || typeof own !== "string") return "";
  return `layer ${quote(own)}: `;
}

/** What keeps versions of Keras 2 and TensorFlow.js from a `.keras` file of Keras 3. */
export function obstaclesToKeras3Files(): Obstacle[] {
  return [
    notFor("tf_keras", "a .keras file of Keras 3, whose modules and inputs Keras 2 does not know"),
    notForTfjs("a .keras file"),
  ];
}

export function notForTfjs(what: string): Obstacle {
  return {
    program: "tensorflow.js",
    versions: everyVersion("tensorflow.js"),
    text: `${what}: it opens a model.json`,
  };
}

/** A format that no version of a program opens. */
export function notFor(program: Obstacle["program"], text: string): Obstacle {
  return { program, versions: everyVersion(program), text };
}
