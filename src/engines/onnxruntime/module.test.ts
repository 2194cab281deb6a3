import { afterEach, describe, expect, it, vi } from "vitest";
import { prepare, usesDevices } from "./module.ts";

describe("the build that knows devices", () => {
  afterEach(() => vi.unstubAllGlobals());

  it.each([
    [undefined, true, false],
    [{}, true, false],
    [{ executionProviders: ["wasm"] }, true, false],
    [{ executionProviders: ["webgpu"] }, true, true],
    [{ executionProviders: ["webgpu", "wasm"] }, true, true],
    [{ executionProviders: [{ name: "webgpu", preferredLayout: "NHWC" }] }, true, true],
    [{ executionProviders: ["webgpu", "wasm"] }, false, false],
    [{ executionProviders: ["webnn"] }, false, true],
  ])("%j where WebGPU is there %s: %s", (session, hasGpu, expected) => {
    vi.stubGlobal("navigator", hasGpu ? { gpu: {} } : {});
    expect(usesDevices(session)).toBe(expected);
  });
});

describe("prepare", () => {
  const ort = (wasm: object) => ({ InferenceSession: { create() {} }, env: { wasm } });

  it.each([
    ["one thread in Node", {}, {}, { numThreads: 1 }],
    ["as many threads as there should be", {}, { threads: 3 }, { numThreads: 3 }],
    ["threads that are set already", { numThreads: 2 }, { threads: 3 }, { numThreads: 2 }],
    ["where WebAssembly is", {}, { wasmPaths: "/x/" }, { numThreads: 1, wasmPaths: "/x/" }],
  ])("sets %s", (_, wasm, choice, expected) => {
    prepare(ort(wasm), choice);
    expect(wasm).toEqual(expected);
  });

  it.each([
    ["the same path again", [{}, { wasmPaths: "/x/" }, { wasmPaths: "/x/" }]],
    ["no path behind one", [{}, { wasmPaths: "/x/" }, {}]],
    ["the path that was set before", [{ wasmPaths: "/x/" }, { wasmPaths: "/x/" }]],
  ] as const)("takes %s", (_, [wasm, ...choices]) => {
    for (const choice of choices) prepare(ort(wasm), choice);
    expect(wasm).toMatchObject({ wasmPaths: "/x/" });
  });

  it.each([
    ["than an engine before", [{}, { wasmPaths: "/x/" }, { wasmPaths: "/y/" }], '"/x/"', "/x/"],
    ["where an engine before had none", [{}, {}, { wasmPaths: "/y/" }], "none", undefined],
    ["than was set before", [{ wasmPaths: "/x/" }, { wasmPaths: "/y/" }], '"/x/"', "/x/"],
  ] as const)("refuses another path %s", (_, [wasm, ...choices], told, kept) => {
    const last = choices.at(-1);
    for (const choice of choices.slice(0, -1)) prepare(ort(wasm), choice);
    expect(() => prepare(ort(wasm), last)).toThrow(
      `onnxruntime: expected the wasmPaths that ONNX Runtime was loaded with, ${told}, because it loads its WebAssembly once for all engines, received "/y/".`,
    );
    expect((wasm as { readonly wasmPaths?: string }).wasmPaths).toBe(kept);
  });
});
