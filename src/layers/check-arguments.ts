import { type Operation, signatureOf } from "../graph/graph.ts";
import { flatten, type Nested } from "../graph/nested.ts";
import type { Form } from "../graph/signature.ts";
import { inspect } from "../json/inspect.ts";
import { Value } from "../program/value.ts";
import { Variable } from "../program/variable.ts";
import { Tensor } from "../tensor/tensor.ts";

/** What an argument of a form has to be, as errors say it, and whether it is. */
const forms: Readonly<Record<Form, readonly [expected: string, fits: (argument: unknown) => boolean]>> = {
  tensor: ["a tensor", isTensor],
  tensors: ["a list of tensors", (argument) => Array.isArray(argument) && argument.every(isTensorOrNull)],
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
  if (Array.isArray(argument) && argument.length > 0 && argument.every(isTensor))
    return `a list of ${argument.length}`;
  return inspect(argument);
}

function isTensor(value: unknown): boolean {
  return value instanceof Value || value instanceof Tensor || value instanceof Variable;
}

/** In a structure numbers may stand beside tensors. */
function isPlain(value: unknown): boolean {
  return value == null || typeof value === "number" || typeof value === "boolean" || isTensor(value);
}

function isTensorOrNull(value: unknown): boolean {
  return value === null || isTensor(value);
}
