import { Tensor } from "../../../src/tensor/tensor.ts";
import { type BrowserCheck, expectEqual, fetchBlob } from "../check.ts";

export const tensorChecks: readonly BrowserCheck[] = [
  {
    name: "the page loads a bundle of the tensors",
    run() {
      const tensor = new Tensor("float32", [2, 3], new Float32Array(6));
      expectEqual(tensor.size, 6, "size");
    },
  },
  {
    name: "the page may use threads and reads files of the server",
    async run() {
      expectEqual(globalThis.crossOriginIsolated, true, "crossOriginIsolated");
      const manifest = await fetchBlob("/golden/manifest.json");
      expectEqual(await manifest.slice(0, 1).text(), "{", "first byte");
      const part = await fetch("/golden/manifest.json", { headers: { Range: "bytes=0-9" } });
      expectEqual([part.status, (await part.arrayBuffer()).byteLength], [206, 10], "range");
    },
  },
];
