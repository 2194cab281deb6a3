import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reference } from "../engines/reference/index.ts";
import { Input } from "../layers/core/input-layer.ts";
import { Dense } from "../layers/index.ts";
import { Sequential } from "../models/sequential.ts";
import { writeFileAtomic } from "../saving/node/write-file.ts";
import { saveModel } from "../saving/save-model.ts";
import { memorySource } from "../saving/sources.ts";
import { readNpy, writeNpy } from "../tensor/npy.ts";
import { Tensor } from "../tensor/tensor.ts";
import { openArrays, type RowSource } from "./array-file.ts";
import { capture } from "./capture.fixture.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ceratops-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const counting = (shape: readonly number[]) =>
  new Tensor(
    "float32",
    shape,
    Float32Array.from({ length: shape.reduce((size, n) => size * n, 1) }, (_, i) => i),
  );

async function open(bytes: Uint8Array): Promise<RowSource> {
  return (await openArrays(memorySource(bytes), "x.npy")) as RowSource;
}

describe("an array of which rows are read", () => {
  const whole = writeNpy(counting([5, 3]));

  it("gives the rows asked for", async () => {
    const rows = await open(whole);
    expect(rows).toMatchObject({ dtype: "float32", shape: [5, 3] });
    expect(await rows.read(1, 3)).toEqual(new Tensor("float32", [2, 3], Float32Array.of(3, 4, 5, 6, 7, 8)));
    expect(await rows.read(0, 5)).toEqual(counting([5, 3]));
  });

  it("reads other byte orders and first indices that run fastest", async () => {
    const text = new TextDecoder("latin1").decode(whole);
    const data = whole.length - 60;
    const swapped = Uint8Array.from(text.replace("<f4", ">f4"), (letter) => letter.charCodeAt(0));
    for (let i = data; i < swapped.length; i += 4) swapped.subarray(i, i + 4).reverse();
    expect((await (await open(swapped)).read(4, 5)).data).toEqual(Float32Array.of(12, 13, 14));
    const fortran = Uint8Array.from(text.replace("False", "True "), (letter) => letter.charCodeAt(0));
    expect((await (await open(fortran)).read(1, 2)).data).toEqual(Float32Array.of(1, 6, 11));
  });

  it("refuses a file that is cut off, before any row is read", async () => {
    await expect(open(whole.subarray(0, -4))).rejects.toThrow(
      "x.npy: npy: expected 60 bytes of data, received 56.",
    );
    await expect(open(whole.subarray(0, 20))).rejects.toThrow("x.npy: npy: expected a header of");
  });
});

it("a file that is larger than what is held at once is computed part by part", async () => {
  const model = new Sequential([Input({ shape: [2 ** 17] }), new Dense({ units: 2 })]);
  const path = (name: string) => join(folder, name);
  await writeFileAtomic(path("m.keras"), saveModel(model));
  const x = counting([70, 2 ** 17]);
  for (let i = 0; i < x.data.length; i++) x.data[i] = i % 7;
  writeFileSync(path("x.npy"), writeNpy(x));
  const args = [
    "run",
    path("m.keras"),
    "--input",
    path("x.npy"),
    "--output",
    path("y.npy"),
    "--engine",
    "reference",
  ];
  expect((await capture(args)).stderr).toBe(`${path("y.npy")}: 70 samples, computed by reference\n`);
  const expected = await model.predict(x, { engine: reference });
  expect(readNpy(readFileSync(path("y.npy")))).toEqual(expected);
});
