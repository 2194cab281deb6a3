import { isDict } from "../../dialects/change.ts";
import type { JsonValue } from "../../json/json.ts";
import { quote } from "../../json/quote.ts";
import { eachDict } from "../each-dict.ts";

/** Goes through the Lambdas whose functions are code of Python, or of Keras 2 by a name alone: by the names of the layers. */
export function eachCode(config: JsonValue, visit: (name: string) => void): void {
  eachDict(config, "config", ({ class_name: className, config: own }) => {
    if (className !== "Lambda" || !isDict(own)) return;
    const { function: fn, function_type: type, name } = own;
    const isCode = type === "lambda" || (isDict(fn) && fn.class_name === "__lambda__");
    if (isCode || type === "function") visit(String(name));
  });
}

/** Why it is not known whether such a layer is loaded. */
export function codeText(name: string): string {
  return `layer ${quote(name)}: code of one version of Python, or a function that has to be there`;
}
