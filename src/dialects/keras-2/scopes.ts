import type { JsonValue } from "../../json/json.ts";
import { quote } from "../../json/quote.ts";
import { isDict } from "../change.ts";
import type { Lacks } from "../lacks.ts";

/** What TensorFlow takes for the name of what is called, and of what that calls. */
const outer = /^[A-Za-z0-9.][\w.\\/>-]*$/;
const inner = /^[\w.\\/>-]*$/;

const expected =
  "expected a name that TensorFlow has a scope for: letters of ASCII, digits and . _ - / >, a letter, digit or . first.";

/**
 * Says which layers of a model have names that Keras 2 cannot call them by. A whole model's own it takes, and calls: `predict` alone
 * then fails, and TensorFlow.js takes it.
 */
export function sayScopes(layers: readonly JsonValue[], lacks: Lacks): void {
  for (const layer of layers) sayOf(layer, outer, lacks);
}

function sayOf(layer: JsonValue | undefined, taken: RegExp, lacks: Lacks): void {
  // An input is not called, so that it needs no scope.
  if (!isDict(layer) || !isDict(layer.config) || layer.class_name === "InputLayer") return;
  const { name, layer: wrapped, backward_layer: backward, cell, cells } = layer.config;
  if (typeof name === "string" && !taken.test(name)) lacks.say(`layer ${quote(name)}`, expected);
  for (const each of [wrapped, backward, cell, ...(Array.isArray(cells) ? cells : [])])
    sayOf(each, inner, lacks);
}
