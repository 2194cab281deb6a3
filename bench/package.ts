/** The built package, as Node gives it to its users. */
const dist = (path: string): Promise<unknown> => import(new URL(`../dist/${path}`, import.meta.url).href);

export const ceratops = (await dist("bundled/index.js")) as typeof import("../src/index.ts");
export const layers = (await dist("bundled/layers/index.js")) as typeof import("../src/layers/index.ts");
export const files = (await dist("bundled/node.js")) as typeof import("../src/node.ts");
export const saving = (await dist("bundled/saving/index.js")) as typeof import("../src/saving/index.ts");
export const onnxModel = (await dist(
  "engines/onnx/model.js",
)) as typeof import("../src/engines/onnx/model.ts");
export const onnxEngine = (await dist(
  "bundled/engines/onnxruntime/index.js",
)) as typeof import("../src/engines/onnxruntime/index.ts");
export const referenceEngine = (await dist(
  "bundled/engines/reference/index.js",
)) as typeof import("../src/engines/reference/index.ts");
export const picture = (await dist("bundled/picture/index.js")) as typeof import("../src/picture/index.ts");
