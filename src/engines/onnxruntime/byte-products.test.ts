import { expect, it } from "vitest";
import { multipliesBytesExactly } from "./byte-products.ts";
import { inThisThread, type OrtModule, type OrtTensor, type Runtime } from "./module.ts";

const exact = 64 * 255 * 127;

class Given implements OrtTensor {
  readonly type: string;
  readonly data: unknown;
  readonly dims: readonly number[];

  constructor(type: string, data: unknown, dims: readonly number[]) {
    this.type = type;
    this.data = data;
    this.dims = dims;
  }
}

/** A runtime that gives some product, and how many sessions it made. */
function giving(product: () => OrtTensor) {
  let sessions = 0;
  const runtime: Runtime = {
    Tensor: Given,
    async createSession() {
      sessions++;
      return { run: async () => ({ product: product() }), release: async () => {} };
    },
  };
  return { runtime, sessions: () => sessions };
}

const product = (sum: number) => new Given("int32", new Int32Array(64 * 64).fill(sum), [64, 64]);

it.each<[string, () => OrtTensor, boolean]>([
  ["exact sums", () => product(exact), true],
  ["sums that stop at 16 bits", () => product(32 * 32767), false],
  [
    "sums of another type",
    () => new Given("float32", new Float32Array(64 * 64).fill(exact), [64, 64]),
    false,
  ],
  [
    "none",
    () => {
      throw new Error("no kernel");
    },
    false,
  ],
])("a runtime is tried once: one that gives %s", async (_, give, isExact) => {
  const { runtime, sessions } = giving(give);
  expect(await multipliesBytesExactly(runtime, {})).toBe(isExact);
  expect(await multipliesBytesExactly(runtime, {})).toBe(isExact);
  expect(sessions()).toBe(1);
});

it("ONNX Runtime can be asked", async () => {
  const module = (await import("onnxruntime-node")) as unknown as OrtModule;
  expect(await multipliesBytesExactly(inThisThread(module), { logSeverityLevel: 3 })).toBeTypeOf("boolean");
});
