/** The models that go from version to version: golden files, and those that a real Keras 3 writes while it is compared. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { flatten, type Nested } from "../src/graph/nested.ts";
import { toNumbers } from "../src/tensor/cast.ts";
import { Tensor } from "../src/tensor/tensor.ts";
import { recordTensor, type TensorRecord } from "../test/formula.ts";
import { nestedTensors, tfKerasModels } from "../test/golden-tf-keras.ts";
import { programs, start } from "./programs.ts";

const golden = fileURLToPath(new URL("../golden/", import.meta.url));

/** Numbers as other programs read them. */
export interface Plain {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly values: readonly (number | string)[];
}

/** A model of a file, and what it computes there: tensors in the order in which its structures are flattened. */
export interface Sample {
  readonly id: string;
  readonly file: string;
  readonly inputs: readonly Plain[];
  readonly outputs: readonly Plain[];
  /** How far numbers may be apart elsewhere. Defaults to 1e-6 in parts of 1 and the number, or what its dtypes need. */
  readonly allowed?: number;
  /** A file of the same model that other versions of its program load as it is; none where that says nothing. */
  readonly loadable?: string;
  /** The same where dicts have the order of their keys, which TensorFlow.js keeps. */
  readonly listed?: { readonly inputs: readonly Plain[]; readonly outputs: readonly Plain[] };
}

/** Models that one version wrote. */
export interface Source {
  /** As `keras 3.6.0`. */
  readonly name: string;
  readonly samples: readonly Sample[];
}

/** Models of classes that only golden cases have, of Python's code, and those that are another one but for their training. */
const passedOver =
  /own_class|^python_lambda$|^optimizer_|^loss_|^metrics$|^not_trained$|^seq_(?:batch_input_shape|built|all_frozen|input)$/;

/** Models that 2.13 writes otherwise than 2.15. */
const of213 =
  /^(?:bidirectional_mask|dicts|multi_head|nested_deep|normalization|op_arithmetic|seq_called|words)$/;

/** Versions of Keras 3 that write models while they are compared; cases need a newer Python than 3.0 has. */
const writing = ["3.3", "3.6", "3.9", "3.12", "latest"];

/** All sources whose names begin so, the oldest first; what Keras 3 writes goes into the folder. */
export async function* sources(folder: string, only: string): AsyncGenerator<Source> {
  const isWanted = (name: string) => name.startsWith(only);
  if (isWanted("keras 1.2")) yield ofKeras1();
  for (const [version, release] of [
    ["2.9", "2.9.0"],
    ["2.13", "2.13.1"],
    ["2.15", "2.15.0"],
  ] as const)
    if (isWanted(`tf_keras ${version}`)) yield ofTfKeras(version, `tf_keras ${release}`);
  for (const name of programs.filter((name) => writing.includes(name.replace("keras ", ""))))
    if (isWanted(name)) yield* ofKeras3(name, join(folder, name.replace(" ", "-")));
  if (isWanted("tensorflow.js")) yield ofTfjs();
}

function ofKeras1(): Source {
  const folder = join(golden, "1.2/models");
  const names = readdirSync(folder).filter((name) => /(?:_tensorflow|images_th_theano)\.h5$/.test(name));
  const samples = names.map((file): Sample => {
    const id = file.replace(/\.h5$/, "");
    const { inputs, outputs } = JSON.parse(readFileSync(join(folder, `${id}.json`), "utf8")) as {
      inputs: Plain[];
      outputs: Plain[];
    };
    return { id, file: join(folder, file), inputs, outputs };
  });
  return { name: "keras 1.2.2", samples };
}

function ofTfKeras(version: string, name: string): Source {
  const samples = tfKerasModels(version).flatMap(({ id, file, inputs, outputs }): Sample[] => {
    if (file === null || inputs === undefined || outputs === undefined || passedOver.test(id)) return [];
    if (version === "2.13" && !of213.test(id)) return [];
    const [given, found] = [nestedTensors(inputs), nestedTensors(outputs)];
    const listed = { inputs: inOrder(given).map(plain), outputs: inOrder(found).map(plain) };
    return [{ id, file, inputs: flatten(given).map(plain), outputs: flatten(found).map(plain), listed }];
  });
  return { name, samples };
}

async function* ofKeras3(name: string, folder: string): AsyncGenerator<Source> {
  const program = await start(name);
  if (!program) return;
  const models = await program.standard(folder);
  program.end();
  const samples = Object.entries(models).flatMap(([id, error]): Sample[] => {
    if (error !== null) console.log(`${name} does not write ${id}: ${error}`);
    if (error !== null) return [];
    const { inputs, outputs } = JSON.parse(readFileSync(join(folder, `${id}.json`), "utf8")) as Sample;
    return [{ id, file: join(folder, `${id}.keras`), inputs, outputs }];
  });
  yield { name: `keras ${program.release.version}`, samples };
}

function ofTfjs(): Source {
  const folder = join(golden, "tfjs");
  const names = readdirSync(folder).filter((name) => !name.startsWith("converted_"));
  const samples = names.map((id): Sample => {
    const { inputs, outputs } = JSON.parse(readFileSync(join(folder, id, "expected.json"), "utf8")) as {
      inputs: TensorRecord[];
      outputs: TensorRecord[];
    };
    const plainly = (records: readonly TensorRecord[]) => records.map(recordTensor).map(plain);
    return { id, file: join(folder, id), inputs: plainly(inputs), outputs: plainly(outputs) };
  });
  return { name: "tensorflow.js 4.22.0", samples };
}

/** Tensors as they stand: those of a dict in the order of its keys. */
export function inOrder(tensors: Nested<Tensor>): readonly Tensor[] {
  const isDict = !(tensors instanceof Tensor) && !Array.isArray(tensors);
  return isDict ? Object.values(tensors as Readonly<Record<string, Tensor>>) : flatten(tensors);
}

export function plain(tensor: Tensor): Plain {
  const { dtype, shape, strings } = tensor;
  const values =
    strings ?? Array.from(toNumbers(tensor), (value) => (Number.isFinite(value) ? value : `${value}`));
  return { dtype, shape, values: [...values] };
}
