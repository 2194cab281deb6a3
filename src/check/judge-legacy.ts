import { exposure } from "../dialects/exposure.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { quote } from "../json/quote.ts";
import type { Judgement } from "./findings.ts";
import { isSystemModule } from "./python-modules.ts";

const ENDING = "_type";

/**
 * Functions as Keras 1 and 2 keep them, in a Lambda layer and others: under `function` the code or the name, under
 * `function_type` which of the two, and under `module` where the name is from.
 */
export function judgeLegacyFunctions(dict: JsonObject): readonly Judgement[] {
  const found: Judgement[] = [];
  for (const key in dict) {
    if (!key.endsWith(ENDING)) continue;
    const base = key.slice(0, -ENDING.length);
    if (dict[key] === "lambda") {
      const message = `holds code of Python under ${quote(base)}.`;
      found.push({ code: "python-code", message, keras: exposure.code });
    } else if (dict[key] === "function") {
      const judged = judgeName(dict[base], base === "function" ? dict.module : dict[`${base}_module`]);
      if (judged) found.push(judged);
    }
  }
  return found;
}

function judgeName(name: JsonValue | undefined, module: JsonValue | undefined): Judgement | null {
  if (typeof name !== "string") return null;
  const from = typeof module === "string" ? module : null;
  const details = { module: from, className: name };
  const place = from === null ? "" : ` of the module ${quote(from)}`;
  if (from !== null && isSystemModule(from)) {
    const message = `names the function ${quote(name)}${place}, which is no part of any model.`;
    return { code: "system-module", message, ...details, keras: exposure.legacyModule };
  }
  return {
    code: "unknown-function",
    message: `names the function ${quote(name)}${place}, which is not known here.`,
    ...details,
  };
}
