/**
 * Models of texts and categories, with TensorFlow beside Keras: they are built and saved here, loaded by Python and must
 * give there what they give here; and again once they were read and cloned here. `npm run interop -- --texts`.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { flatten, type Nested, packLike } from "../src/graph/nested.ts";
import { cloneModel, FeatureSpace, Input, Model, type Tensor, tensor } from "../src/index.ts";
import {
  CategoryEncoding,
  Dense,
  Discretization,
  Embedding,
  HashedCrossing,
  Hashing,
  IntegerLookup,
  LSTM,
  StringLookup,
  TextVectorization,
  type TextVectorizationOptions,
} from "../src/layers/index.ts";
import { loadModel, saveModel } from "../src/node.ts";
import { cast } from "../src/ops/index.ts";
import { recordTensor, type TensorRecord } from "../test/formula.ts";
import type { Checks } from "../tools/closing-line.ts";
import { expectClose, expectText, sorted } from "./expect.ts";
import { compareFeatureSpaces, type RandomSpaces } from "./feature-spaces.ts";
import { Worker } from "./worker.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const sentences = [
  "the cat sat on the mat",
  "A dog SAT, twice!",
  "the dog",
  "on a mat ÄÖ 😀",
  "\u00a0x\ty",
  "",
];
const texts: TensorRecord = { dtype: "string", shape: [6, 1], values: sentences };
const words: TensorRecord = {
  dtype: "string",
  shape: [3, 2],
  values: ["dog", "cat", "", "bird", "😀", "[UNK]"],
};
const integers: TensorRecord = { dtype: "int64", shape: [3, 2], values: [3, -7, 2 ** 40, 0, 1, 99] };
const numbers: TensorRecord = { dtype: "float32", shape: [3, 2], values: [0.5, -3, 2.5, 1, 100, -0.25] };

/** The first of each row. */
function column({ dtype, values = [] }: TensorRecord): TensorRecord {
  return { dtype, shape: [3, 1], values: values.filter((_, i) => i % 2 === 0) };
}

interface Case {
  readonly inputs: readonly TensorRecord[];
  /** Whether weights of words were learned, which Keras 3.6 does not read again, from no file. */
  readonly hasLearnedWeights?: boolean;
  make(): Model;
}

function vectorized(options: TextVectorizationOptions): Case {
  return {
    inputs: [texts],
    make() {
      const x = Input({ shape: [1], dtype: "string" });
      const layer = new TextVectorization(options);
      if (!options.vocabulary) layer.adapt(sentences);
      return new Model({
        inputs: x,
        outputs: new Dense({ units: 2 }).apply(cast(layer.apply(x), { dtype: "float32" })),
      });
    },
  };
}

function looked(layers: () => (StringLookup | IntegerLookup)[], data: unknown[], given: TensorRecord): Case {
  return {
    inputs: [given],
    make() {
      const x = Input({ shape: [2], dtype: given.dtype });
      const outputs = layers().map((layer) => {
        if (!layer.vocabulary) layer.adapt(data as string[]);
        return layer.apply(x);
      });
      return new Model({ inputs: x, outputs });
    },
  };
}

const built: Readonly<Record<string, Case>> = {
  "words in an LSTM": {
    inputs: [texts],
    make() {
      const x = Input({ shape: [1], dtype: "string" });
      const layer = new TextVectorization({ max_tokens: 12, output_sequence_length: 5 });
      layer.adapt(sentences);
      const vectors = new Embedding({ input_dim: 12, output_dim: 3, mask_zero: true }).apply(layer.apply(x));
      return new Model({
        inputs: x,
        outputs: new Dense({ units: 1 }).apply(new LSTM({ units: 3 }).apply(vectors)),
      });
    },
  },
  "words that are counted": vectorized({ output_mode: "count", ngrams: 2 }),
  "words that are there": vectorized({ output_mode: "multi_hot", max_tokens: 30, pad_to_max_tokens: true }),
  "words by how seldom they are": { ...vectorized({ output_mode: "tf_idf" }), hasLearnedWeights: true },
  characters: vectorized({ split: "character", output_sequence_length: 7, standardize: "lower" }),
  "a vocabulary in the config": vectorized({ vocabulary: ["the", "cat", "ÄÖ"], output_sequence_length: 4 }),
  "whole texts": vectorized({ split: null, standardize: null, output_mode: "multi_hot" }),
  "lookups of texts": looked(
    () => [
      new StringLookup(),
      new StringLookup({ num_oov_indices: 3, mask_token: "" }),
      new StringLookup({ output_mode: "multi_hot" }),
    ],
    ["dog", "dog", "bird", "x y"],
    words,
  ),
  "lookups of integers": looked(
    () => [
      new IntegerLookup(),
      new IntegerLookup({ num_oov_indices: 2, mask_token: 0 }),
      new IntegerLookup({ vocabulary: [1, 3, 2 ** 40], output_mode: "count" }),
    ],
    [3, 3, -7, 2 ** 40, 1],
    integers,
  ),
  "a feature space in front": {
    inputs: [column(numbers), column(words)],
    make() {
      const space = new FeatureSpace({ features: { age: "float_normalized", city: "string_categorical" } });
      space.adapt({ age: [0.5, 3, 9], city: ["dog", "cat", "dog"] });
      const outputs = new Dense({ units: 2 }).apply(space.getEncodedFeatures());
      return new Model({ inputs: space.getInputs(), outputs });
    },
  },
  "hashes and buckets": {
    inputs: [column(words), column(integers), numbers],
    make() {
      const word = Input({ shape: [1], dtype: "string" });
      const integer = Input({ shape: [1], dtype: "int64" });
      const number = Input({ shape: [2] });
      const buckets = new Discretization({ num_bins: 3 });
      buckets.adapt(tensor([1, 2, 3, 4, 5, 6, 7, 8]));
      const hashed = new Hashing({ num_bins: 9, salt: [133, 137] }).apply(word);
      return new Model({
        inputs: [word, integer, number],
        outputs: [
          hashed,
          new HashedCrossing({ num_bins: 7 }).apply([word, integer]),
          new CategoryEncoding({ num_tokens: 9, output_mode: "count" }).apply(hashed),
          buckets.apply(number),
        ],
      });
    },
  },
};

/** Compares models of texts, and feature spaces, with both Kerases. */
export async function compareTexts(checks: Checks, random: RandomSpaces): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "ceratops-texts-"));
  try {
    for (const name of ["3.6", "latest"]) {
      const python = join(root, `.cache/python/tensorflow-${name}/bin/python`);
      const worker = new Worker(python, "tensorflow");
      const keras = String((await worker.ask("version")).keras);
      for (const [what, { inputs, make, hasLearnedWeights }] of Object.entries(built)) {
        if (name === "3.6" && hasLearnedWeights) {
          checks.skip(`${keras} ${what}`, "Keras 3.6 does not read learned weights of words, nor its own");
          continue;
        }
        await checks.run(`${keras} ${what}`, async () => {
          const file = join(folder, "built.keras");
          const model = make();
          await saveModel(model, file);
          await compareFile(file, model, inputs, worker, folder);
        });
      }
      await compareFeatureSpaces(checks, worker, join(folder, name), random);
      worker.end();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a model gives and is here, it must give and be in Python; and once more after it was read and cloned here. */
async function compareFile(
  file: string,
  model: Model,
  inputs: readonly TensorRecord[],
  worker: Worker,
  folder: string,
): Promise<void> {
  const expected = await predict(model, inputs);
  const there = await worker.ask("run", { file, inputs });
  const outputs = (there.outputs as TensorRecord[]).map(recordTensor);
  expectClose("Keras's prediction of what was saved", outputs, expected, 1e-6);
  const clone = cloneModel(await loadModel(file), { weights: "copy" });
  expectClose("our prediction of the clone", await predict(clone, inputs), expected, 0);
  const cloned = join(folder, "clone.keras");
  await saveModel(clone, cloned);
  const again = await worker.ask("run", { file: cloned, inputs });
  expectClose(
    "Keras's prediction of the clone",
    (again.outputs as TensorRecord[]).map(recordTensor),
    expected,
    1e-6,
  );
  expectText("get_config of the clone", sorted(String(again.config)), sorted(String(there.config)));
}

async function predict(model: Model, inputs: readonly TensorRecord[]): Promise<Tensor[]> {
  const given = packLike(model.input as Nested<unknown>, inputs.map(recordTensor));
  return flatten((await model.predict(given as Tensor)) as Nested<Tensor>);
}
