import { describe, expect, it } from "vitest";
import type { PrimitiveName } from "../../program/primitives.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { evaluate } from "./index.ts";
import { bitValues } from "./known-values/bits.ts";
import { elementwiseValues } from "./known-values/elementwise.ts";
import type { KnownValues } from "./known-values/known-value.ts";
import { linalgValues } from "./known-values/linalg.ts";
import { linearValues } from "./known-values/linear.ts";
import { movementValues } from "./known-values/movement.ts";
import { poolValues } from "./known-values/pool.ts";
import { reductionValues } from "./known-values/reduction.ts";
import { sequenceValues } from "./known-values/sequences.ts";
import { textValues } from "./known-values/text.ts";

/** Every primitive; those with programs inside have tests of their own. */
const knownValues: KnownValues<Exclude<PrimitiveName, "scan" | "cond" | "while">> = {
  ...elementwiseValues,
  ...reductionValues,
  ...movementValues,
  ...linearValues,
  ...linalgValues,
  ...sequenceValues,
  ...poolValues,
  ...bitValues,
  ...textValues,
};

function expectClose(received: Tensor, expected: Tensor): void {
  expect(received.dtype).toBe(expected.dtype);
  expect(received.shape).toEqual(expected.shape);
  if (expected.strings) expect(received.toArray()).toEqual(expected.toArray());
  else
    expected.data.forEach((value, i) => {
      const got = received.data[i]!;
      const isClose =
        Object.is(got, value) ||
        got === value ||
        (expected.dtype === "float32" &&
          Math.abs(Number(got) - Number(value)) <= 1e-6 + 2e-6 * Math.abs(Number(value)));
      if (!isClose) expect.fail(`element ${i}: expected ${value}, received ${got}`);
    });
}

describe.each(Object.keys(knownValues) as (keyof typeof knownValues)[])("%s", (primitive) => {
  it.each(knownValues[primitive].map((row, i) => [i, row] as const))(
    "case %i",
    (_, [inputs, attributes, outputs]) => {
      const received = evaluate(primitive, inputs, attributes);
      expect(received.length).toBe(outputs.length);
      outputs.forEach((expected, i) => {
        expectClose(received[i]!, expected);
      });
    },
  );
});
