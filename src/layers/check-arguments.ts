import { type Operation, signatureOf } from "../graph/graph.ts";
import { flatten, type Nested } from "../graph/nested.ts";
import type { Form } from "../graph/signature.ts";
import { inspect } from "../json/inspect.ts";
import { isOperand } from "../ops/operands.ts";

/** What an argument of a form has to be, as errors say it, and whether it is. */
const forms: Readonly<Record<Form, readonly [expected: string, fits: (argument: unknown) => boolean]>> = {
  tensor: ["a tensor", isOperand],
  tensors: ["a list of tensors", (argument) => Array.isArray(argument) && argument.every(isOperand)],
  structure: ["tensors", (argument) => flatten(argument as Nested<unknown>).every(isPlain)],
  mask: ["a mask", (argument) => flatten(argument as Nested<unknown>).every(isTensorOrNull)],
  flag: ["true or false", (argument) => typeof argument === "boolean"],
  option: ["a value", () => true],
};

/** Checks the arguments of a call against their record: what must be given is there, and each has its form. */
export function checkArguments(layer: Operation, bound: Readonly<Record<string, unknown>>): void {
  const { names, arguments: facts } = signatureOf(layer);
  for (const name of names) {
    const { form, required } = facts[name] as { readonly form: Form; readonly required: boolean };
    const argument = bound[name];
    const [expected, fits] = forms[form];
    if (argument === undefined || argument === null) {
      if (!required || (argument === null && form === "structure")) continue;
      const received = argument === null ? "null" : "nothing";
      throw layer.problem(`expected ${name} to be ${expected}, received ${received}.`);
    }
    if (!fits(argument))
      throw layer.problem(`expected ${name} to be ${expected}, received ${received(argument)}.`);
  }
}

function received(argument: unknown): string {
  if (Array.isArray(argument) && argument.length > 0 && argument.every(isOperand))
    return `a list of ${argument.length}`;
  return inspect(argument);
}

/** In a structure numbers may stand beside tensors. */
function isPlain(value: unknown): boolean {
  return value == null || typeof value === "number" || typeof value === "boolean" || isOperand(value);
}

function isTensorOrNull(value: unknown): boolean {
  return value === null || isOperand(value);
}
