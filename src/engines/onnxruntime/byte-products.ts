import { Tensor } from "../../tensor/tensor.ts";
import { type Graph, writeModel } from "../onnx/model.ts";
import type { Runtime } from "./module.ts";

const SIZE = 64;
const LARGEST = { uint8: 255, int8: 127 } as const;

/** A product of the largest bytes without and with a sign, of which two together are more than 16 bits hold. */
function productGraph(): Graph {
  return {
    name: "byte-product",
    inputs: [{ name: "a", type: "uint8", shape: [SIZE, SIZE] }],
    outputs: [{ name: "product", type: "int32", shape: [SIZE, SIZE] }],
    initializers: new Map([
      ["b", new Tensor("int8", [SIZE, SIZE], new Int8Array(SIZE * SIZE).fill(LARGEST.int8))],
    ]),
    nodes: [{ op: "MatMulInteger", inputs: ["a", "b"], outputs: ["product"], attributes: {} }],
  };
}

const known = new WeakMap<Runtime, Promise<boolean>>();

/**
 * Whether a runtime multiplies bytes without a sign by bytes with one exactly, as it does where the processor has
 * instructions for that; others add up in 16 bits. Tried once for each runtime.
 */
export function multipliesBytesExactly(runtime: Runtime, options: object): Promise<boolean> {
  const found = known.get(runtime) ?? tryProduct(runtime, options).catch(() => false);
  known.set(runtime, found);
  return found;
}

async function tryProduct(runtime: Runtime, options: object): Promise<boolean> {
  const session = await runtime.createSession(writeModel(productGraph()), options);
  try {
    const bytes = new Uint8Array(SIZE * SIZE).fill(LARGEST.uint8);
    const a = new runtime.Tensor("uint8" as never, bytes as never, [SIZE, SIZE]);
    const data = (await session.run({ a })).product?.data;
    const exact = SIZE * LARGEST.uint8 * LARGEST.int8;
    return data instanceof Int32Array && data.every((sum) => sum === exact);
  } finally {
    await session.release();
  }
}
