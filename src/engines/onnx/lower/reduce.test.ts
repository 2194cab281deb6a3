import { describe, expect, it } from "vitest";
import { Builder } from "../../../program/builder.ts";
import { emitAny } from "../../../program/emit-any.fixture.ts";
import type { Program } from "../../../program/primitives.ts";
import type { Value } from "../../../program/value.ts";
import { fromNumbers } from "../../../tensor/cast.ts";
import type { DType } from "../../../tensor/dtype.ts";
import { type Shape, sizeOf } from "../../../tensor/shape.ts";
import { expectClose } from "../../expect-close.ts";
import { onnxruntime } from "../../onnxruntime/index.ts";
import { runProgram } from "../../reference/index.ts";
import { toGraph } from "../graph.ts";

const ort = onnxruntime({ package: "onnxruntime-node" });

interface Mean {
  readonly shape?: Shape;
  readonly dtype?: DType;
  readonly axes?: readonly number[];
  readonly keepdims?: boolean;
}

function meanOf({
  shape = [null, 3, 4, 2],
  dtype = "float32",
  axes = [1, 2],
  keepdims = false,
}: Mean): Program {
  const builder = new Builder();
  const x = builder.input({ shape, dtype });
  return builder.finish(emitAny("reduce_mean", [x], { axes, keepdims }) as Value[]);
}

describe("the mean of each channel of an image", () => {
  it.each<[string, Mean, readonly number[], boolean]>([
    ["of a batch", {}, [2, 3, 4, 2], true],
    ["of no images", {}, [0, 3, 4, 2], true],
    ["with its axes kept", { keepdims: true }, [2, 3, 4, 2], true],
    ["of images of any size", { shape: [null, null, null, 2] }, [2, 3, 4, 2], false],
    ["of one axis", { axes: [1] }, [2, 3, 4, 2], false],
    ["of channels and rows", { axes: [1, 3] }, [2, 3, 4, 2], false],
    ["of float64", { dtype: "float64" }, [2, 3, 4, 2], false],
    ["of sequences", { shape: [null, 3, 4], axes: [1] }, [2, 3, 4], false],
  ])("%s", async (_, mean, shape, isPool) => {
    const program = meanOf(mean);
    const { nodes } = toGraph(program).graph;
    expect(nodes.some(({ op }) => op === "GlobalAveragePool")).toBe(isPool);
    const numbers = Array.from({ length: sizeOf(shape) }, (_, i) => Math.sin(i) * 3);
    const inputs = [fromNumbers(mean.dtype ?? "float32", shape, numbers)];
    const executable = await ort.compile(program);
    const [received] = await executable.run(inputs);
    await executable.dispose();
    expectClose(received!, runProgram(program, inputs)[0]!, "mean");
  });
});
