import { readdirSync, readFileSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import { recordTensor, type TensorRecord } from "../../../test/formula.ts";
import { goldenObjects } from "../../../test/golden-custom.ts";
import { structureOf, textsOf } from "../../../test/golden-files.ts";
import { expectClose } from "../../engines/expect-close.ts";
import { resetNames } from "../../graph/naming.ts";
import { flatten, type Nested, packLike } from "../../graph/nested.ts";
import { copyJson } from "../../json/copy.ts";
import { parsePythonJson } from "../../json/parse.ts";
import { stringifyPythonJson } from "../../json/stringify.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { openHdf5 } from "../hdf5/index.ts";
import { loadModel } from "../load.ts";
import { gather, toBytes } from "../save-model.ts";
import { memorySource } from "../sources.ts";
import { saveHdf5Model } from "./save-model.ts";

interface Computed {
  readonly inputs: readonly TensorRecord[];
  readonly outputs?: readonly TensorRecord[];
}

const computed = (version: string, id: string): Computed =>
  JSON.parse(readFileSync(`golden/${version}/files/${id}.json`, "utf8"));

const fileOf = (path: string) => new Uint8Array(readFileSync(`golden/${path}`));
/** Ids of shared objects stand in `.keras` files alone. */
const withoutIds = (text: string) => stringifyPythonJson(copyJson(parsePythonJson(text), "shared_object_id"));

const operation = /, "module": "keras\.src\.ops\.\w+"/g;
async function attributesOf(bytes: Uint8Array): Promise<ReadonlyMap<string, string>> {
  const { root } = await openHdf5(memorySource(bytes));
  return root.attributes as ReadonlyMap<string, string>;
}

describe.each(["3.6", "3.15"])("whole HDF5 files of Keras %s", (version) => {
  const ids = readdirSync(`golden/${version}/hdf5`).map((name) => name.replace(/\.h5$/, ""));

  describe.each(ids)("%s", (id) => {
    beforeEach(resetNames);
    const load = () => loadModel(fileOf(`${version}/hdf5/${id}.h5`), { customObjects: goldenObjects });

    it("computes what the model of the .keras file does", async () => {
      const { inputs, outputs = computed("3.6", id).outputs! } = computed(version, id);
      const model = await load();
      const tolerance = id.includes("float16") ? 2 ** -8 : undefined;
      const given = packLike(model.input as Nested<unknown>, inputs.map(recordTensor));
      const found = flatten((await model.predict(given as Nested<Tensor>)) as Nested<Tensor>);
      for (const [i, tensor] of found.entries())
        expectClose(tensor, recordTensor(outputs[i]!), `output ${i}`, tolerance);
    });

    it("is the .keras file that Keras writes of it", async () => {
      const [written, own] = [await toBytes(await load()), fileOf(`${version}/files/${id}.keras`)];
      const [[, , config], [, , expected]] = [await textsOf(written), await textsOf(own)];
      // HDF5 files say no modules of somebody's own classes.
      const said = expected!.replaceAll('"cases.custom"', "null");
      expect(withoutIds(config!)).toBe(withoutIds(said));
      expect(await structureOf(written)).toEqual(await structureOf(own));
    });

    it("is written as HDF5 to the same text, but for the modules of operations, and read again", async () => {
      const model = await load();
      const bytes = await gather(saveHdf5Model(model, { keras: version }));
      const [written, own] = [
        await attributesOf(bytes),
        await attributesOf(fileOf(`${version}/hdf5/${id}.h5`)),
      ];
      // It is a text here, in which Keras calls this class by its other name.
      const text = own.get("model_config")!.replace("GroupedQueryAttention", "GroupQueryAttention");
      expect(written.get("model_config")!.replaceAll(operation, "")).toBe(text);
      expect(written.get("training_config")).toBe(own.get("training_config"));
      const again = await loadModel(bytes, { customObjects: goldenObjects });
      expect(again.toJson()).toBe(model.toJson());
    });
  });
});
