import type { JsonValue } from "../json/json.ts";
import { parseWithin } from "../json/parse.ts";
import type { Looked } from "./context.ts";
import { eachDict } from "./each-dict.ts";
import { judge } from "./judge.ts";

/** Looks at all envelopes in a value, wherever they stand; `base` is what its path begins with. */
export function checkJson(value: JsonValue, base: string, { findings, known }: Looked): void {
  eachDict(value, base, (dict, place) => {
    for (const { code, message, ...details } of judge(dict, known))
      findings.add(code, place(), message, details);
  });
}

/** The same of a text of JSON. What is none is damaged. Gives the value. */
export async function checkJsonText(text: string, base: string, looked: Looked): Promise<JsonValue | null> {
  const value = await looked.findings.attempt("damaged-config", () =>
    parseWithin(text, base, looked.budget.jsonValues),
  );
  if (value !== null) checkJson(value, base, looked);
  return value;
}
