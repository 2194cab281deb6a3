/** TensorFlow.js in this process, as a program among those that load models. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { openInTensorflow, tensorflow } from "../src/saving/tfjs/tensorflow.fixture.ts";
import type { Outcome, Running } from "./programs.ts";

interface Plain {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly values: readonly (number | string)[];
}

interface Tensors {
  readonly inputs: readonly Plain[];
  readonly outputs: readonly Plain[];
  readonly allowed: number;
}

/** TensorFlow.js on its plain kernels. It opens `model.json`, with what that names beside it; of any other file it says so. */
export async function startTfjs(): Promise<Running> {
  const tf = await tensorflow();
  const open = (file: string) => {
    const folder = dirname(file);
    const bytes = readFileSync(file);
    const { weightsManifest } = JSON.parse(bytes.toString("utf8")) as {
      weightsManifest: readonly { readonly paths: readonly string[] }[];
    };
    const files = new Map<string, Uint8Array>([["model.json", bytes]]);
    for (const { paths } of weightsManifest)
      for (const path of paths) files.set(path, readFileSync(join(folder, path)));
    return openInTensorflow(files);
  };
  return {
    release: { program: "tensorflow.js", version: tf.version.tfjs },
    async load(file): Promise<Outcome> {
      try {
        (await open(file)).dispose();
        return { error: null };
      } catch (error) {
        return { error: String(error).slice(0, 600) };
      }
    },
    async run(file, tensors): Promise<Outcome> {
      let model: Awaited<ReturnType<typeof open>>;
      try {
        model = await open(file);
      } catch (error) {
        return { error: String(error).slice(0, 600) };
      }
      try {
        const { inputs, outputs, allowed } = JSON.parse(readFileSync(tensors, "utf8")) as Tensors;
        const given = inputs.map(({ values, shape, dtype }) =>
          tf.tensor(values.map(Number), [...shape], dtype.startsWith("float") ? "float32" : "int32"),
        );
        const found = [model.predict(given)].flat();
        if (found.length !== outputs.length)
          return { error: null, problem: `expected ${outputs.length} outputs, received ${found.length}` };
        let worst = 0;
        for (const [i, expected] of outputs.entries()) {
          if (found[i]!.shape.join() !== expected.shape.join())
            return { error: null, problem: `expected shape ${expected.shape}, received ${found[i]!.shape}` };
          const numbers = found[i]!.dataSync();
          for (const [j, value] of expected.values.entries()) {
            const [got, want] = [numbers[j]!, Number(value)];
            if (Object.is(got, want) || got === want) continue;
            const apart = Math.abs(got - want) / (1 + Math.abs(want));
            worst = Math.max(worst, Number.isNaN(apart) ? Infinity : apart);
          }
        }
        const problem =
          worst <= allowed
            ? null
            : `expected the same numbers, received others, up to ${worst.toExponential(1)} away`;
        return { error: null, problem, worst };
      } catch (error) {
        return { error: null, problem: String(error).slice(0, 600) };
      } finally {
        model.dispose();
      }
    },
    end() {},
  };
}
