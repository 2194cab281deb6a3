import { builtins } from "../builtins.ts";
import { inspect } from "../json/inspect.ts";
import type { JsonObject } from "../json/json.ts";
import { parsePythonJson } from "../json/parse.ts";
import { quote } from "../json/quote.ts";
import { stringifyPythonJson } from "../json/stringify.ts";
import type { Layer } from "../layers/layer.ts";
import { deserialize } from "../registry/deserialize.ts";
import type { CustomObjects } from "../registry/registry.ts";
import { serializeObject } from "../registry/serialize.ts";
import { failCheck } from "./failure.ts";

/** Fails unless a layer's config is plain data of the caller's own that makes the same layer again, key by key. */
export function checkConfig(layer: Layer, customObjects: CustomObjects): void {
  const config = layer.getConfig();
  const text = stringifyPythonJson(config);
  const read = () => parsePythonJson(text) as JsonObject;
  const again = layer.constructor.fromConfig(read(), { registry: builtins, customObjects });
  if (again.constructor !== layer.constructor)
    failCheck(layer, `expected fromConfig() to make its own class, received ${inspect(again)}.`);
  compareKeys(layer, "fromConfig(getConfig())", read(), again.getConfig());
  spoil(config);
  compareKeys(layer, "getConfig() after its last result was changed", read(), layer.getConfig());
}

/** A layer made of another's text, envelope and all; fails unless it is of the same class and text. */
export function revive(layer: Layer, customObjects: CustomObjects): Layer {
  const text = stringifyPythonJson(serializeObject(layer));
  const again = deserialize(parsePythonJson(text), { registry: builtins, customObjects }) as Layer;
  if (again.constructor !== layer.constructor) {
    failCheck(
      layer,
      `expected its text to make its own class, received ${inspect(again)}. Are className, module and registeredName its own?`,
    );
  }
  const rewritten = stringifyPythonJson(serializeObject(again));
  if (rewritten !== text) failCheck(layer, `expected the same text again: ${text}, received ${rewritten}.`);
  return again;
}

/** The constructor must keep every option as it was given; the config says it. */
function compareKeys(layer: Layer, what: string, expected: JsonObject, received: JsonObject): void {
  for (const key of new Set([...Object.keys(expected), ...Object.keys(received)])) {
    const [want, got] = [expected[key], received[key]].map((value) =>
      value === undefined ? "nothing" : stringifyPythonJson(value),
    );
    if (want !== got) failCheck(layer, `${what}: expected ${quote(key)} to stay ${want}, received ${got}.`);
  }
}

/** Changes everything in a config, as a caller may. */
function spoil(value: object): void {
  const container = value as Record<string, unknown>;
  for (const key of Object.keys(container)) {
    const item = container[key];
    if (typeof item === "object" && item !== null) spoil(item);
    else container[key] = "spoilt";
  }
}
