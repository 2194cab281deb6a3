import { ShapeError } from "../../errors.ts";
import { formatShape } from "../../tensor/shape.ts";
import type { Attributes } from "../primitives.ts";
import type { Spec } from "../value.ts";
import { mayEqual } from "./check.ts";
import { describe, mayFit } from "./fit.ts";

function expectFit(received: Spec, expected: Spec, what: string): void {
  if (received.dtype !== expected.dtype || !mayFit(received.shape, expected.shape)) {
    throw new ShapeError("scan", `expected ${what} ${describe(expected)}, received ${describe(received)}.`);
  }
}

function scan(inputs: readonly Spec[], { body, consts, carries }: Attributes["scan"]): Spec[] {
  const scanned = consts + carries;
  if (inputs.length !== body.inputs.length || inputs.length <= scanned) {
    throw new ShapeError(
      "scan",
      `expected ${body.inputs.length} inputs and something to scan, received ${inputs.length}.`,
    );
  }
  let length: number | null = null;
  for (let i = 0; i < inputs.length; i++) {
    const input = inputs[i]!;
    if (i < scanned) {
      expectFit(input, body.inputs[i]!, `input ${i} of`);
      continue;
    }
    const steps = input.shape[0];
    if (steps === undefined || !mayEqual(length, steps)) {
      throw new ShapeError(
        "scan",
        `expected scanned values of one length${length === null ? "" : ` ${length}`}, ` +
          `received ${formatShape(input.shape)}.`,
      );
    }
    length ??= steps;
    expectFit({ shape: input.shape.slice(1), dtype: input.dtype }, body.inputs[i]!, `steps of input ${i} of`);
  }
  return body.outputs.map((output, i): Spec => {
    if (i >= carries) return { shape: [length, ...output.shape], dtype: output.dtype };
    const initial = inputs[consts + i]!;
    expectFit(output, initial, `the new state ${i} as`);
    return { shape: output.shape.map((dimension, k) => dimension ?? initial.shape[k]!), dtype: output.dtype };
  });
}

export const scanRules = { scan };
