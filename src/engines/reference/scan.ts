import type { Evaluate } from "../../program/eager.ts";
import type { Attributes } from "../../program/primitives.ts";
import { sizeOf } from "../../tensor/shape.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { allocate, staticShape } from "./kernel.ts";
import { bindingsOf, execute } from "./run.ts";
import { copyRun } from "./shape.ts";

/** The k-th entry along the leading axis; shares the memory. */
function entry({ dtype, shape, data }: Tensor, k: number): Tensor {
  const inner = shape.slice(1);
  const size = sizeOf(inner);
  return new Tensor(dtype, inner, data.subarray(k * size, (k + 1) * size));
}

function stack(steps: readonly Tensor[]): Tensor {
  const { dtype, shape, size } = steps[0]!;
  const stacked = [steps.length, ...shape];
  const out = allocate(dtype, stacked);
  steps.forEach((step, k) => {
    copyRun(out, k * size, step.data, 0, size);
  });
  return new Tensor(dtype, stacked, out);
}

export function scan(
  inputs: readonly Tensor[],
  { body, consts, carries, reverse }: Attributes["scan"],
  evaluate: Evaluate,
): Tensor[] {
  const bindings = bindingsOf(body);
  const constants = inputs.slice(0, consts);
  const scanned = inputs.slice(consts + carries);
  const length = scanned[0]!.shape[0]!;
  let states = inputs.slice(consts, consts + carries);
  const outputs = body.outputs.slice(carries).map((): Tensor[] => new Array<Tensor>(length));
  for (let step = 0; step < length; step++) {
    const k = reverse ? length - 1 - step : step;
    const entries = scanned.map((tensor) => entry(tensor, k));
    const results = execute(body, bindings, [...constants, ...states, ...entries], evaluate);
    states = results.slice(0, carries);
    outputs.forEach((steps, i) => {
      steps[k] = results[carries + i]!;
    });
  }
  const stacked = outputs.map((steps, i) => {
    if (length > 0) return stack(steps);
    const { dtype, shape } = body.outputs[carries + i]!;
    const empty = [0, ...staticShape(shape)];
    return new Tensor(dtype, empty, allocate(dtype, empty));
  });
  return [...states, ...stacked];
}
