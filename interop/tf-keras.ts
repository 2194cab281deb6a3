/**
 * Models that began in Keras 3, written for Keras 2 and loaded by TensorFlow 2.9: they must compute there what Keras 3
 * computes. `npm run interop -- --tf-keras`.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { modelFromJson } from "../src/index.ts";
import { saveModel } from "../src/node.ts";
import { toNumbers } from "../src/tensor/cast.ts";
import { recordTensor, type TensorRecord } from "../test/formula.ts";
import type { Checks } from "../tools/closing-line.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const golden = join(root, "golden/3.6/models");

interface ModelRecord {
  readonly id: string;
  readonly config_text: string;
  readonly weights?: readonly TensorRecord[];
  readonly inputs?: readonly (TensorRecord & { readonly name: string })[];
  readonly outputs?: readonly TensorRecord[];
}

/** Models that Keras 2 cannot hold, by how the error of writing them begins or goes on. */
const refused: readonly RegExp[] = [
  /a policy that Keras 2 has/,
  /Keras 2\.9 has none/,
  /TensorFlow has a scope for/,
  /an optimizer of TensorFlow 2\.9/,
  /TensorFlow 2\.9 has no such option/,
  /has not learned yet/,
];

export async function compareTfKeras(checks: Checks): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "ceratops-tf-keras-"));
  try {
    checks.skip("policies_in_turn", "TensorFlow 2.9 casts no float16 to bfloat16 on a CPU");
    for (const file of readdirSync(golden)) {
      if (file === "policies_in_turn.json") continue;
      const record = JSON.parse(readFileSync(join(golden, file), "utf8")) as ModelRecord;
      // Models of classes that TensorFlow does not know have them registered by name.
      if (
        !record.weights ||
        !record.inputs ||
        !record.outputs ||
        /"registered_name": "\w+>/.test(record.config_text)
      )
        continue;
      const problem = await write(record, folder).then(
        () => null,
        (error: Error) => error,
      );
      if (!problem) continue;
      if (refused.some((expected) => expected.test(problem.message))) checks.skip(record.id, problem.message);
      else
        await checks.run(record.id, () => {
          throw problem;
        });
    }
    const python = join(root, ".cache/python/tf-keras-2.9/bin/python");
    const run = spawnSync(python, [join(root, "interop/tf_keras.py"), folder], { encoding: "utf8" });
    for (const line of run.stdout.split("\n").filter(Boolean)) {
      const { name, problem } = JSON.parse(line) as { name: string; problem: string | null };
      await checks.run(name, () => {
        if (problem !== null) throw new Error(problem);
      });
    }
    await checks.run("TensorFlow 2.9 ends well", () => {
      if (run.status !== 0) throw new Error(run.stderr.slice(-500));
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function write(
  { id, config_text: text, weights, inputs, outputs }: ModelRecord,
  folder: string,
): Promise<void> {
  const model = modelFromJson(text);
  model.setWeights(weights!.map(recordTensor));
  await saveModel(model, join(folder, `${id}.h5`));
  const plain = (record: TensorRecord) => {
    const tensor = recordTensor(record);
    return {
      dtype: tensor.dtype,
      shape: tensor.shape,
      values: tensor.strings ?? Array.from(toNumbers(tensor), Number),
    };
  };
  // A step of what the model computes in.
  const allowed = text.includes("bfloat16") ? 2 ** -7 : text.includes("float16") ? 2 ** -10 : 1e-5;
  const named = Object.fromEntries(inputs!.map((input) => [input.name, plain(input)]));
  await writeFile(
    join(folder, `${id}.json`),
    JSON.stringify({ inputs: named, outputs: outputs!.map(plain), allowed }),
  );
}
