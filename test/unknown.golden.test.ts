import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { capture } from "../src/cli/capture.fixture.ts";
import { reference } from "../src/engines/reference/index.ts";
import { type Nested, packLike } from "../src/graph/nested.ts";
import type { Layer } from "../src/layers/layer.ts";
import { classNameOf } from "../src/models/class-name.ts";
import { cloneModel } from "../src/models/clone-model.ts";
import type { Model } from "../src/models/model.ts";
import { parametersOf } from "../src/models/model-sizes.ts";
import { OpaqueModel } from "../src/models/opaque-model.ts";
import { openArchive } from "../src/saving/archive.ts";
import { type Hdf5Group, openHdf5 } from "../src/saving/hdf5/index.ts";
import { loadModel } from "../src/saving/load.ts";
import { toBytes } from "../src/saving/save-model.ts";
import { memorySource } from "../src/saving/sources.ts";
import { full } from "../src/tensor/create.ts";
import { isDType } from "../src/tensor/dtype.ts";
import type { Tensor } from "../src/tensor/tensor.ts";

/** What Keras shows of a model of classes that only golden/cases/unknown.py has. */
interface UnknownRecord {
  readonly parameters: number;
  readonly layers: readonly {
    readonly name: string;
    readonly class_name: string;
    readonly output: unknown;
    readonly parameters: number;
  }[];
  readonly summary?: string;
}

const golden = new URL("../golden/", import.meta.url);

/** Models whose layers their files do not list in full: what a class of one's own has, it alone knows. */
const unlisted = ["vae", "physics", "physics_compiled"];

/** What cannot be run, and the words that say why. */
const reasons: Readonly<Record<string, string>> = {
  functional_class: 'received "Mine", which this program has no code for. Pass it in customObjects.',
  functional_class_with_options: 'received "Tuned"',
  functional_class_inside: 'model "inner": expected a known class, received "Mine"',
  sequential_class: 'received "Stack"',
  vae: 'model "vae": expected a known class, received "Vae", which this program has no code for. Pass it in customObjects.',
  physics: 'received "Physics"',
  physics_compiled: 'received "Physics"',
  cells:
    'layer "one": expected a known class, received "Cell", which this program has no code for. Pass it in customObjects.',
  stacked: 'layer "windows": expected a known class, received "Windows"',
  last: 'received "Windows"',
  several_outputs: 'layer "split": expected a known class, received "Split"',
  functions: 'received "unknown>bend", which this program has no code for. Pass it in customObjects.',
  lambdas: 'Pass customObjects: { "Lambda>half": (x) => … }',
  lambdas_in_a_stack: "received one of Python",
  texts: 'layer "lower": expected a known class, received "Lower"',
  quantized_attention:
    'expected weights of floats, received ones quantized to int8, which are kept and not computed with. Pass a class of yours that does as "EinsumDense" in customObjects.',
};

for (const version of ["3.6", "3.15"]) {
  const folder = new URL(`${version}/unknown/`, golden);
  const ids = readdirSync(folder).flatMap((file) => (file.endsWith(".keras") ? [file.slice(0, -6)] : []));
  describe.each(ids)(`what is not known, of Keras ${version}: %s`, (id) => {
    const bytes = new Uint8Array(readFileSync(new URL(`${id}.keras`, folder)));
    const record = recordOf(version, id);
    const load = () => loadModel(bytes, { onUnknown: () => {} });

    it("is shown with the names, classes, shapes and parameters that Keras shows", async () => {
      const model = await load();
      const shown = model.layers.map(shownOf);
      const { layers, parameters } = record;
      if (!unlisted.includes(id)) {
        const known = layers.map((layer, i) => ({
          ...layer,
          output: orUnknown(layer.output, shown[i]?.output),
        }));
        expect(shown).toEqual(known.filter(({ class_name }) => !isListedOnlyByFunctional(class_name, model)));
      }
      expect(parametersOf(model)).toBe(parameters);
      const table = model.summary({ expand_nested: true, show_trainable: true });
      const totals = (record.summary ?? recordOf("3.6", id).summary)!
        .split("\n")
        .filter((line) => /^ .*params/.test(line));
      const isSaid = (line: string) =>
        !table.includes(" Unknown params") || / (?:Total|Optimizer) /.test(line);
      for (const line of totals.filter(isSaid)) expect(table).toContain(line.trimEnd());
      expect((await capture(["summary", pathOf(version, id)])).code).toBe(0);
      expect((await capture(["config", pathOf(version, id)])).code).toBe(0);
    });

    it("is checked: all that is unknown is named, and nothing is damaged", async () => {
      const { code, stdout } = await capture(["check", pathOf(version, id), "--json"]);
      const report = JSON.parse(stdout);
      const isCode = id.startsWith("lambdas");
      expect([code, report.verdict, report.problems, report.usable]).toEqual([
        isCode ? 1 : 3,
        isCode ? "dangerous" : "unknown",
        [],
        false,
      ]);
      expect(report.unknown.length).toBeGreaterThan(0);
    });

    it("is saved without loss, from the file and from a clone", async () => {
      const model = await load();
      const before = await contentOf(bytes);
      expect(await contentOf(await toBytes(model))).toEqual(before);
      const copy = cloneModel(model, { weights: "copy" });
      expect(sorted(await contentOf(await toBytes(copy)))).toEqual(sorted(before));
      const fresh = cloneModel(await loadModel(await toBytes(copy), { onUnknown: () => {} }));
      expect(fresh.summary()).toBe(model.summary());
      expect(sorted({ config: (await contentOf(await toBytes(fresh))).config })).toEqual(
        sorted({ config: before.config }),
      );
    });

    it("is renamed", async () => {
      const model = await load();
      model.name = "renamed";
      const [layer] = model.layers as [Layer];
      const old = layer.name;
      layer.name = "other_name";
      const after = await contentOf(await toBytes(model));
      const again = await loadModel(await toBytes(model), { onUnknown: () => {} });
      expect(again.name).toBe("renamed");
      if (!unlisted.includes(id)) {
        expect(again.layers.map(({ name }) => name)).toContain("other_name");
        expect(after.config).not.toContain(`"name": "${old}"`);
      }
      expect(after.weights.map(({ bytes }) => bytes)).toEqual(
        (await contentOf(bytes)).weights.map((w) => w.bytes),
      );
    });

    it("cannot be run, and says why", async () => {
      const model = await load();
      const run = model.predict(inputsOf(model) as Tensor, { engine: reference });
      await expect(run).rejects.toThrow(reasons[id]);
    });
  });
}

/** Zeros for each input, in the form the model takes them. */
function inputsOf(model: Model): unknown {
  if (model instanceof OpaqueModel) return full([1, 4], 0, "float32");
  const zeros = model.inputs.map(({ shape: [, ...rest], dtype }) =>
    full(
      [1, ...rest.map((size) => size ?? 1)],
      dtype === "string" ? "" : 0,
      isDType(dtype) ? dtype : "float32",
    ),
  );
  return packLike(model.input as Nested<unknown>, zeros);
}

function shownOf(layer: Layer) {
  const [node] = layer.inboundNodes;
  const output = node ? flat(node.structure, (tensor) => [...tensor.shape]) : null;
  return { name: layer.name, class_name: classNameOf(layer), output, parameters: parametersOf(layer) };
}

function flat(
  structure: unknown,
  leaf: (tensor: { readonly shape: readonly (number | null)[] }) => unknown,
): unknown {
  if (typeof structure === "object" && structure !== null && "shape" in structure)
    return leaf(structure as never);
  return Object.values(structure as object).map((item) => flat(item, leaf));
}

/** What Keras shows of an output, in the form that is shown here; of what no file says, nothing. */
function orUnknown(expected: unknown, shown: unknown): unknown {
  if (JSON.stringify(shown) === "[]" && !Array.isArray((expected as unknown[])?.[0])) return shown;
  if (!Array.isArray(shown) || !Array.isArray(shown[0])) return expected;
  const leaves = leavesOf(expected);
  return shown.map((item, i) => orUnknown(leaves[i], item));
}

function leavesOf(structure: unknown): unknown[] {
  if (Array.isArray(structure) && structure.every((n) => n === null || typeof n === "number"))
    return [structure];
  return Object.values(structure as object).flatMap(leavesOf);
}

function isListedOnlyByFunctional(className: string, model: Model): boolean {
  return (
    className === "InputLayer" && !model.layers.some((layer) => layer.constructor.className === "InputLayer")
  );
}

function recordOf(version: string, id: string): UnknownRecord {
  return JSON.parse(readFileSync(new URL(`${version}/unknown/${id}.json`, golden), "utf8"));
}

function pathOf(version: string, id: string): string {
  return `golden/${version}/unknown/${id}.keras`;
}

interface Content {
  readonly config: string;
  readonly weights: readonly { readonly path: string; readonly bytes: unknown }[];
}

/** The config of a file, and all tensors in it. */
async function contentOf(bytes: Uint8Array): Promise<Content> {
  const { members } = await openArchive(memorySource(bytes));
  const config = new TextDecoder().decode(await members.get("config.json")!.read());
  const { root } = await openHdf5(await members.get("model.weights.h5")!.source());
  const weights: { path: string; bytes: unknown }[] = [];
  const pending: Hdf5Group[] = [root];
  for (let group = pending.pop(); group; group = pending.pop()) {
    for (const child of group.children.values()) {
      if (child.kind === "group") pending.push(child);
      else weights.push({ path: child.path, bytes: await child.read() });
    }
  }
  return { config, weights };
}

/** A content whose config is one of Python, where the order of dicts and ids of shared objects say nothing. */
function sorted(content: { readonly config: string }): object {
  const sort = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sort);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).filter(([key]) => key !== "shared_object_id");
    return Object.fromEntries(
      entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sort(item)]),
    );
  };
  return { ...content, config: sort(JSON.parse(content.config)) };
}
