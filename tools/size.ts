/** Measures what small programs cost a page; run by itself it prints the table. */
import { fileURLToPath } from "node:url";
import { bundleProgram } from "./bundle.ts";

interface Ceiling {
  readonly name: string;
  readonly program: string;
  /** Gzip kilobytes of 1,024 bytes: what must not be exceeded from here on. */
  readonly limit: number;
  /** The budget: where the limit is to come down to. */
  readonly goal: number;
  readonly reason: string;
  /** Found nowhere in the readable bundle, neither as a name nor in a file's path. */
  readonly mustNotAppear: readonly string[];
}

export const CEILINGS: readonly Ceiling[] = [
  {
    name: "config and clone of a Dense model",
    program: `
      import { cloneModel, Input, Sequential } from "ceratops";
      import { Dense } from "ceratops/layers";
      const model = new Sequential([Input({ shape: [728] }), new Dense({ units: 1, activation: "sigmoid" })]);
      document.title = JSON.stringify([model.getConfig(), cloneModel(model).getConfig()]);
    `,
    limit: 66.5,
    goal: 30,
    reason:
      "a page that edits configs pays for the layers it names and for what finds the arguments of classes of its own, " +
      "for nothing that runs or reads files",
    mustNotAppear: [
      "recurrent/",
      "Conv2D",
      "MultiHeadAttention",
      "BatchNormalization",
      "hdf5",
      "onnx",
      "engines/reference/",
      "saving/",
      "training/",
      "src/testing/",
      "src/cli/",
    ],
  },
  {
    name: "all layers, no files, no engine",
    program: `
      import { cloneModel, Functional, Input, Sequential } from "ceratops";
      import * as layers from "ceratops/layers";
      Object.assign(globalThis, { cloneModel, Functional, Input, Sequential, layers });
    `,
    limit: 131.5,
    goal: 80,
    reason: "a quarter of what TensorFlow.js costs for one Dense model",
    mustNotAppear: ["hdf5", "onnx", "engines/reference/", "saving/", "training/", "src/testing/", "src/cli/"],
  },
  {
    name: "a .keras file opened",
    program: `
      import { loadModel } from "ceratops/saving";
      const model = await loadModel(new URL("model.keras", document.baseURI));
      document.title = model.name;
    `,
    limit: 131.3,
    goal: 105,
    reason:
      "a page that opens models pays for the layers that most have and one format, and for nothing that writes; " +
      "what else a file names is loaded when it is read",
    mustNotAppear: [
      "saving/save-model",
      "saving/archive-writer",
      "formats/weights-h5",
      "formats/npz",
      "formats/onnx",
      "src/testing/",
      "src/cli/",
    ],
  },
];

interface Measured {
  readonly kilobytes: number;
  /** Which of `mustNotAppear` did. */
  readonly found: readonly string[];
}

export async function measure({ program, mustNotAppear }: Ceiling): Promise<Measured> {
  const [small, readable] = await Promise.all([
    bundleProgram(program),
    bundleProgram(program, { minify: false, minifySyntax: true }),
  ]);
  return {
    kilobytes: Math.round((small.gzip / 1024) * 100) / 100,
    found: mustNotAppear.filter((name) => readable.code.includes(name)),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const ceiling of CEILINGS) {
    const { kilobytes, found } = await measure(ceiling);
    const note = found.length === 0 ? "" : `, holds ${found.join(", ")}`;
    console.log(`${kilobytes.toFixed(2).padStart(7)} KB of ${ceiling.limit} KB gzip: ${ceiling.name}${note}`);
  }
}
