import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { recordTensor, type TensorRecord } from "../../../../test/formula.ts";
import { builtins } from "../../../builtins.ts";
import { expectClose } from "../../../engines/expect-close.ts";
import { reference } from "../../../engines/reference/index.ts";
import { withDialect } from "../../../fields/writing.ts";
import { parsePythonJson } from "../../../json/parse.ts";
import { stringifyPythonJson } from "../../../json/stringify.ts";
import { cloneModel } from "../../../models/clone-model.ts";
import type { Functional } from "../../../models/functional.ts";
import { deserializeOwned } from "../../../registry/deserialize.ts";
import { serialize } from "../../../registry/serialize.ts";
import type { Tensor } from "../../../tensor/tensor.ts";
import { knowOlderLayers } from "../../tf-keras/know.ts";

interface Case {
  readonly id: string;
  readonly config_text: string;
  readonly inputs: readonly (TensorRecord & { readonly name: string })[];
  readonly outputs: readonly TensorRecord[];
}

knowOlderLayers();
const url = new URL("../../../../golden/2.9/node_defs.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(url, "utf8")) as { cases: Case[] };

/** What takes the numbers of a shape, which Keras 3 has no operation for. */
const unsayable = /^tf\.shape/;

describe("operations of graphs, as TensorFlow 2.9 keeps them", () => {
  for (const record of cases) it(record.id, () => check(record));
});

async function check({ id, config_text: text, inputs, outputs }: Case): Promise<void> {
  const model = deserializeOwned(parsePythonJson(text), { registry: builtins, dialect: 209 }) as Functional;
  // Names of layers have no / here, and keep the one that they have instead.
  const now = withDialect(209, () => serialize(model));
  if (!/"tf_op_layer_[^"]*\//.test(text)) expect(stringifyPythonJson(now)).toBe(text);
  const tested = [model, cloneModel(model)];
  if (!unsayable.test(id)) {
    const written = withDialect(306, () => serialize(model));
    expect(stringifyPythonJson(written)).not.toMatch(/OpLayer/);
    tested.push(deserializeOwned(written, { registry: builtins, dialect: 306 }) as Functional);
  }
  const tensors = inputs.map((input) => recordTensor(input));
  for (const each of tested) {
    const got = await each.predict((tensors.length > 1 ? tensors : tensors[0]) as Tensor, {
      engine: reference,
    });
    const [expected] = outputs;
    const dtype = id.startsWith("tf.argmax") ? "int32" : expected!.dtype;
    expectClose(got as Tensor, recordTensor({ ...expected!, dtype }), id);
  }
}
