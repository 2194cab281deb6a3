import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { recordTensor, type TensorRecord } from "../../test/formula.ts";
import { goldenObjects } from "../../test/golden-custom.ts";
import { structureOf, textsOf } from "../../test/golden-files.ts";
import { noteFor } from "../../test/tried.ts";
import { builtins } from "../builtins.ts";
import { expectClose } from "../engines/expect-close.ts";
import { reference } from "../engines/reference/index.ts";
import { float } from "../fields/shorthands.ts";
import { resetNames } from "../graph/naming.ts";
import { flatten, type Nested, packLike } from "../graph/nested.ts";
import { layer } from "../layers/define.ts";
import * as layers from "../layers/index.ts";
import { multiply } from "../ops/arithmetic.ts";
import type { Numeric, Operand } from "../program/emit.ts";
import type { Variable } from "../program/variable.ts";
import { classesOf } from "../registry/registry.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { loadModel } from "./load.ts";
import { toBytes } from "./save-model.ts";

interface FileRecord {
  readonly weights?: readonly (TensorRecord & { readonly path: string; readonly trainable?: boolean })[];
  readonly inputs?: readonly TensorRecord[];
  readonly outputs?: readonly TensorRecord[];
  readonly optimizer_variables?: readonly TensorRecord[];
}

/** The twin of the layer in golden/cases/custom.py. */
class Scale extends layer("Scale", { factor: float(1) }, { package: "golden" }) {
  declare scale: Variable;
  override build(shape: Shape): void {
    this.scale = this.addWeight({ name: "scale", shape: [shape.at(-1)!], initializer: "ones" });
  }
  override call(x: Operand): Numeric {
    return multiply(multiply(x, this.scale), this.factor);
  }
}

const customObjects = { ...goldenObjects, "golden>Scale": Scale };

const golden = new URL("../../golden/", import.meta.url);

/** Layers of images that Keras 3.6 has not. */
const newerImages = [
  "AugMix",
  "ContrastLimitedAdaptiveHistogramEqualization",
  "CutMix",
  "Equalization",
  "MaxNumBoundingBoxes",
  "MixUp",
  "RandAugment",
  "RandomColorDegeneration",
  "RandomColorJitter",
  "RandomElasticTransform",
  "RandomErasing",
  "RandomGaussianBlur",
  "RandomGrayscale",
  "RandomHue",
  "RandomInvert",
  "RandomPerspective",
  "RandomPosterization",
  "RandomSaturation",
  "RandomSharpness",
  "RandomShear",
];

/** Classes of layers that versions have, which no file names. */
const withoutFile: Readonly<Record<string, readonly string[]>> = {
  "3.6": [
    "SeedGenerator", // no layer
    "STFTSpectrogram", // of Keras 3.7
    "ReversibleEmbedding", // of Keras 3.12
    ...newerImages, // of Keras 3.7 to 3.14
    "RMSNormalization", // of Keras 3.9
    // of Keras 3.13
    "AdaptiveAveragePooling1D",
    "AdaptiveAveragePooling2D",
    "AdaptiveAveragePooling3D",
    "AdaptiveMaxPooling1D",
    "AdaptiveMaxPooling2D",
    "AdaptiveMaxPooling3D",
    "Pipeline", // 3.6 cannot read its own
  ],
  // In Keras symbolic calls of these give back what they are given, of which it makes no model, or none to be read again.
  "3.15": ["SeedGenerator", "Equalization", "MaxNumBoundingBoxes", "RandomGrayscale"],
};

/** Groups of layers that are two once a file was read, of which Keras writes two then as well. */
const groupsOfCopies: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  shared_input: {
    "/layers/functional_1/layers/input_layer": {},
    "/layers/functional_1/layers/input_layer/vars": { name: "x" },
  },
};

/** Files that have code inside, which is not run. */
const notRun = new Set(["python_lambda"]);

for (const version of ["3.6", "3.15"]) {
  const folder = new URL(`${version}/files/`, golden);
  const ids = readdirSync(folder)
    .filter((file) => file.endsWith(".keras"))
    .map((file) => file.slice(0, -6));
  const files = new Map<string, Uint8Array>();
  const unknown = new Map<string, string[]>();
  for (const id of ids) {
    const bytes = new Uint8Array(readFileSync(new URL(`${id}.keras`, folder)));
    files.set(id, bytes);
    const classes = unknownClasses((await textsOf(bytes))[2]!);
    if (classes.length > 0) unknown.set(id, classes);
  }
  describe(`files of Keras ${version}`, () => {
    it("have classes that are known", () => expect(Object.fromEntries(unknown)).toEqual({}));

    it("have every layer", async () => {
      const named = new Set<string>();
      for (const bytes of files.values())
        for (const name of layersNamed((await textsOf(bytes))[2]!)) named.add(name);
      const names = classesOf(layers).map(({ className }) => className);
      expect(names.filter((name) => !named.has(name))).toEqual(withoutFile[version]);
    });

    describe.each(ids.filter((id) => !unknown.has(id)))("%s", (id) => {
      const bytes = files.get(id)!;
      const record = recordOf(version, id);
      const load = () => loadModel(bytes, { customObjects });

      it("is written back to the same text and the same groups", async (context) => {
        const written = await toBytes(await load());
        const [before, after] = [await textsOf(bytes), await textsOf(written)];
        expect(after).toEqual(before);
        expect(await structureOf(written)).toEqual({ ...(await structureOf(bytes)), ...groupsOfCopies[id] });
        expect(await toBytes(await load())).toEqual(written);
        expect(await toBytes(await loadModel(written, { customObjects }))).toEqual(written);
        for (const name of layersNamed(before[2]!))
          noteFor(context, `layers.${name}`)("files", () => undefined);
      });

      it("has the weights that Keras had", async () => {
        resetNames();
        const { weights } = await load();
        const expected = record.weights ?? [];
        const names = (all: readonly { readonly path: string }[]) =>
          all.map(({ path }) => path.split("/").at(-1));
        expect(names(weights)).toEqual(names(expected));
        for (const [i, variable] of weights.entries()) {
          expect(variable.value, variable.path).toEqual(recordTensor(expected[i]!));
        }
      });

      it.runIf(record.optimizer_variables)("keeps the optimizer's state", async () => {
        const state = (await load()).optimizerState!;
        const tensors = await Promise.all(state.variables.map(({ data }) => data()));
        const saved = record.optimizer_variables!.map(recordTensor);
        expect(tensors).toEqual(saved);
      });

      it("without its compile state has none", async () => {
        const model = await loadModel(bytes, { customObjects, compile: false });
        expect([model.compiled, model.optimizerState]).toEqual([false, null]);
        expect((await structureOf(await toBytes(model)))["/optimizer/vars"]).toBeUndefined();
      });

      it.runIf(record.inputs && !notRun.has(id))("predicts what Keras predicts", async () => {
        const model = await load();
        const inputs = packLike(model.input as Nested<unknown>, record.inputs!.map(recordTensor));
        const outputs = flatten(
          (await model.predict(inputs as Tensor, { engine: reference })) as unknown as Nested<Tensor>,
        );
        const expected = (record.outputs ?? recordOf("3.6", id).outputs)!;
        expect(outputs).toHaveLength(expected.length);
        for (const [i, output] of outputs.entries()) {
          expectClose(output, recordTensor(expected[i]!), `output ${i}`, tolerances[output.dtype]);
        }
      });
    });
  });
}

/** Keras 3.15 computes a LayerNormalization of float64 in float32. */
const tolerances: Partial<Record<Tensor["dtype"], number>> = {
  bfloat16: 4e-2,
  float16: 4e-3,
  float32: 2e-5,
  float64: 5e-7,
};

function recordOf(version: string, id: string): FileRecord {
  return JSON.parse(readFileSync(new URL(`${version}/files/${id}.json`, golden), "utf8"));
}

/** The classes of layers in a config that nobody has written yet. */
function unknownClasses(text: string): string[] {
  const found = new Set<string>();
  const pending: unknown[] = [JSON.parse(text)];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (typeof value !== "object" || value === null) continue;
    const { module, class_name: name, registered_name: registered } = value as Record<string, string>;
    const custom = typeof registered === "string" && registered.includes(">");
    if (
      custom
        ? !Object.hasOwn(customObjects, registered)
        : module === "keras.layers" && !builtins.builtin(module, name!)
    ) {
      found.add(registered ?? name!);
    }
    pending.push(...Object.values(value).map((item) => item ?? null));
  }
  return [...found];
}

/** The classes of layers that a config names, on every level. */
function layersNamed(text: string): Set<string> {
  const envelopes = text.matchAll(
    /"module": "keras\.(?:layers|src\.applications\.\w+)", "class_name": "(\w+)"/g,
  );
  return new Set(Array.from(envelopes, ([, name]) => name!));
}
