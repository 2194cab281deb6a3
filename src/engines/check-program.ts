import { EngineError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";
import type { Program } from "../program/primitives.ts";

/** Complains about what is no Program. `where` is the function that was given it. */
export function checkProgram(where: string, program: unknown): asserts program is Program {
  const isObject = typeof program === "object" && program !== null;
  if (isObject && "inputs" in program && "instructions" in program && "outputs" in program) return;
  throw new EngineError(where, `expected a Program, received ${inspect(program)}.`);
}
