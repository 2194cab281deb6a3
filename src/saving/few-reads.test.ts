import { describe, expect, it } from "vitest";
import { Activation } from "../layers/activation/activation.ts";
import { Dense } from "../layers/core/dense.ts";
import { Input } from "../layers/core/input-layer.ts";
import { Functional } from "../models/functional.ts";
import { httpSource } from "./http-source.ts";
import { loadModel } from "./load.ts";
import { toBytes } from "./save-model.ts";

/** A chain of layers, whose weights' file is nothing but its table of contents. */
function chain(length: number, make: (i: number) => Activation | Dense): Functional {
  const x = Input({ shape: [2] });
  let y = x;
  for (let i = 0; i < length; i++) y = make(i).apply(y);
  return new Functional({ inputs: x, outputs: y });
}

const bare = await toBytes(chain(2000, () => new Activation({ activation: "relu" })));
const dense = await toBytes(chain(1000, () => new Dense({ units: 2 })));

describe("a file of many layers is opened in few reads, and each byte of it is read once", () => {
  it.each([
    ["without weights", bare],
    ["with small weights", dense],
  ])("%s", async (_, bytes) => {
    let [reads, total] = [0, 0];
    await loadModel({
      size: bytes.length,
      async read(offset, length) {
        reads++;
        total += length;
        return bytes.subarray(offset, offset + length);
      },
    });
    // The end, metadata, config, the weights' header; then 4 KiB, 8 KiB, … up to 4 MiB.
    expect(reads).toBeLessThanOrEqual(20);
    expect(total).toBeLessThan(bytes.length * 1.05 + 70_000);
  });

  it("over HTTP ranges", async () => {
    let [requests, total] = [0, 0];
    const send: typeof fetch = async (_, init) => {
      const [, first = 0, last = 0] =
        /^bytes=(\d+)-(\d+)$/.exec(new Headers(init?.headers).get("Range") ?? "") ?? [];
      const part = bare.slice(Number(first), Number(last) + 1);
      requests++;
      total += part.length;
      const headers = { "Content-Range": `bytes ${first}-${Number(first) + part.length - 1}/${bare.length}` };
      return new Response(part, { status: 206, headers });
    };
    await loadModel(await httpSource("https://example.com/m.keras", { fetch: send }));
    expect(requests).toBeLessThanOrEqual(14);
    expect(total).toBeLessThan(bare.length * 1.1 + 200_000);
  });
});
