import { ModelError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";

/** Complains about an option that is none of its choices. */
export function checkChoice(
  method: string,
  option: string,
  given: unknown,
  choices: readonly string[],
): void {
  if ((choices as readonly unknown[]).includes(given)) return;
  const expected = choices.join(", ");
  throw new ModelError(method, `expected ${option} to be one of ${expected}, received ${inspect(given)}.`);
}
