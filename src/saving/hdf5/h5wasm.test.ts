import fc from "fast-check";
import h5wasm, { type Dataset, type Group } from "h5wasm";
import { beforeAll, describe, expect, it } from "vitest";
import { arrayType, type DType } from "../../tensor/dtype.ts";
import { sizeOf } from "../../tensor/shape.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { type Hdf5Dataset, openHdf5 } from "./index.ts";
import { inMemory } from "./memory.fixture.ts";
import { planHdf5 } from "./plan.ts";

/** The HDF5 library itself, compiled to WebAssembly, is the judge here. */
type Module = Awaited<typeof h5wasm.ready>;
let module: Module;

beforeAll(async () => {
  module = await h5wasm.ready;
  (module as unknown as { activate_throwing_error_handler(): void }).activate_throwing_error_handler();
});

const formats: readonly [DType, string][] = [
  ["uint8", "<B"],
  ["uint16", "<H"],
  ["uint32", "<I"],
  ["uint64", "<Q"],
  ["int8", "<b"],
  ["int16", "<h"],
  ["int32", "<i"],
  ["int64", "<q"],
  ["float32", "<f"],
  ["float64", "<d"],
];

const tensor = fc
  .tuple(
    fc.constantFrom(...formats),
    fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 }),
  )
  .chain(([[dtype], shape]) => {
    const size = sizeOf(shape) * arrayType(dtype).BYTES_PER_ELEMENT;
    const bytes = fc.uint8Array({ minLength: size, maxLength: size });
    return bytes.map((content) => new Tensor(dtype, shape, new (arrayType(dtype))(content.slice().buffer)));
  });

function bytesOf({ data }: { readonly data: ArrayBufferView }): Buffer {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

describe("the HDF5 library", () => {
  it("reads what is written", () => {
    fc.assert(
      fc.property(
        fc.array(tensor, { maxLength: 40 }),
        fc.string({ unit: "grapheme", minLength: 1 }),
        (all, label) => {
          fc.pre(!label.includes("\0"));
          const children = new Map(
            all.map(
              (value, i) => [`${i}`, { dtype: value.dtype, shape: value.shape, data: () => value }] as const,
            ),
          );
          const vars = { children, attributes: new Map([["name", label]]) };
          const bytes = planHdf5({
            children: new Map([["é", { children: new Map([["vars", vars]]) }]]),
          }).toBytes();
          module.FS.writeFile("written.h5", bytes);
          const file = new h5wasm.File("written.h5", "r");
          const found = file.get("é/vars") as Group;
          expect(found.attrs.name?.value).toBe(label);
          expect(found.keys()).toEqual([...children.keys()].sort());
          for (const [i, value] of all.entries()) {
            const dataset = found.get(`${i}`) as Dataset;
            expect(dataset.shape).toEqual([...value.shape]);
            expect(dataset.dtype).toBe(formats.find(([dtype]) => dtype === value.dtype)![1]);
            expect(
              bytesOf({ data: dataset.value as unknown as ArrayBufferView }).equals(bytesOf(value)),
            ).toBe(true);
          }
          file.close();
        },
      ),
      { numRuns: 30 },
    );
  });

  it("writes what is read", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(tensor, { maxLength: 40 }), fc.boolean(), async (all, compressed) => {
        const file = new h5wasm.File("theirs.h5", "w");
        const group = file.create_group("layers");
        group.create_attribute("name", "日本");
        group.create_attribute("count", 3, [], "<i");
        for (const [i, { data, shape, dtype }] of all.entries()) {
          const chunks = shape.map((size) => Math.ceil(size / 2));
          group.create_dataset({
            name: `${i}`,
            data: data as never,
            shape: [...shape],
            dtype: formats.find(([name]) => name === dtype)![1],
            ...(compressed && { chunks, compression: "gzip" as const, compression_opts: [6] }),
          });
        }
        group.create_dataset({ name: "texts", data: ["kernel", "", "é"] });
        file.flush();
        file.close();
        const own = await openHdf5(inMemory(module.FS.readFile("theirs.h5")));
        expect(own.get("/layers")?.attributes.get("name")).toBe("日本");
        expect(own.get("/layers")?.attributes.get("count")).toEqual(
          new Tensor("int32", [], new Int32Array([3])),
        );
        for (const [i, value] of all.entries()) {
          const found = (await (own.get(`/layers/${i}`) as Hdf5Dataset).read()) as Tensor;
          expect([found.dtype, found.shape]).toEqual([value.dtype, value.shape]);
          expect(bytesOf(found).equals(bytesOf(value))).toBe(true);
        }
        expect(await (own.get("/layers/texts") as Hdf5Dataset).readStrings()).toEqual(["kernel", "", "é"]);
      }),
      { numRuns: 30 },
    );
  });
});
