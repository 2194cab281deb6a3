import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { kerasFile, npyFile } from "../../src/check/files.fixture.ts";
import { checkModel, toSarif } from "../../src/check/index.ts";
import { capture } from "../../src/cli/capture.fixture.ts";
import { Input, Sequential } from "../../src/index.ts";
import { loadModel as loadFile, loadWeights as loadWeightsFile } from "../../src/node.ts";
import { text, zip } from "../../src/saving/archive.fixture.ts";
import { openArchive } from "../../src/saving/archive.ts";
import { Budget } from "../../src/saving/budget.ts";
import { readNpz } from "../../src/saving/formats/npz.ts";
import { type Hdf5GroupInput, openHdf5 } from "../../src/saving/hdf5/index.ts";
import { planHdf5 } from "../../src/saving/hdf5/plan.ts";
import { httpSource, loadModel, memorySource } from "../../src/saving/index.ts";
import { eachInFolder } from "../../src/saving/node/folder.fixture.ts";
import { readNpy } from "../../src/tensor/npy.ts";
import { Tensor } from "../../src/tensor/tensor.ts";
import { expectShowable, garbling, names } from "./names.fixture.ts";

let folder = "";
eachInFolder((each) => {
  folder = each;
});

const scalar = { dtype: "int8", shape: [], data: () => new Tensor("int8", [], new Int8Array(1)) } as const;
const file = (root: Hdf5GroupInput) => planHdf5(root).toBytes();
const wellFormed = (name: string) => name.replace(/\p{Surrogate}/gu, "\ufffd");
/** A name that a format can hold: of whole characters, without NUL, as a part of a path. */
const fitting = (name: string) => wellFormed(name).replaceAll("\0", "").replaceAll("/", "").slice(0, 5000);
const linked = (name: string) => file({ children: [[fitting(name), scalar]] });

/** A group of the oldest form whose links are soft ones. */
function softLink(name: string): Uint8Array {
  const bytes = linked(name);
  const node = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf("SNOD");
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(node + 8 + 16, 2, true);
  return bytes;
}

/** A group whose header has one link out of the file. */
function externalLink(name: string): Uint8Array {
  const empty = file({ children: [] });
  const letters = text(fitting(name));
  const size = 8 * Math.ceil((7 + letters.length) / 8);
  const bytes = new Uint8Array(empty.length + 16 + 8 + 8 + size);
  bytes.set(empty);
  const view = new DataView(bytes.buffer);
  const at = empty.length;
  view.setBigUint64(40, BigInt(bytes.length), true);
  view.setBigUint64(64, BigInt(at), true);
  view.setUint8(at, 1);
  view.setUint32(at + 8, bytes.length - at - 16, true);
  view.setUint16(at + 16, 0x0a, true); // a group
  view.setUint16(at + 24, 0x06, true); // a link
  view.setUint16(at + 26, size, true);
  bytes.set([1, 8 + 2, 64], at + 32);
  view.setUint32(at + 35, letters.length, true);
  bytes.set(letters, at + 39);
  return bytes;
}

const open = (bytes: Uint8Array, limits = {}) =>
  openHdf5(memorySource(bytes), { name: "w.h5", budget: new Budget(bytes.length, limits) });
const refused = { declaredBytes: 0 };
const answer = (status: number) => async () => new Response(null, { status });

/** Where names of files, and of what is in them, get into messages; each is an error for any of the names. */
const uses: readonly (readonly [string, (name: string) => unknown])[] = [
  ["an array of HDF5", (name) => open(linked(name), refused)],
  [
    "a group of HDF5",
    (name) => open(file({ children: [[fitting(name), { children: [["a", scalar]] }]] }), refused),
  ],
  ["an array that is written", (name) => file({ children: [[`${name}\0`, scalar]] })],
  ["an attribute that is written", (name) => file({ attributes: [[`${name}\0`, "x"]], children: [] })],
  ["a text that is written", (name) => file({ attributes: [["a", `${name}\ud800`]], children: [] })],
  ["a soft link", (name) => open(softLink(name))],
  ["an external link", (name) => open(externalLink(name))],
  ["a member", (name) => openArchive(memorySource(zip([{ name }, { name }])))],
  ["a member that is absolute", (name) => openArchive(memorySource(zip([{ name: `/${name}` }])))],
  [
    "an array of a .npz file",
    (name) => readNpz(memorySource(zip([{ name: `${name.slice(0, 9000)}.npy` }])), "a.npz"),
  ],
  ["a dtype of a .npy file", (name) => readNpy(npyFile(`'${name.slice(0, 50)}'`))],
  ["an archive", (name) => openArchive(memorySource(new Uint8Array(3)), name)],
  ["a file that is not there", (name) => loadFile(join(folder, name))],
  [
    "a file of weights that is not there",
    (name) => loadWeightsFile(new Sequential([Input({ shape: [3] })]), join(folder, name)),
  ],
  [
    "an address of a file",
    (name) => loadFile(new URL(`${pathToFileURL(folder)}/${encodeURIComponent(wellFormed(name))}`)),
  ],
  ["an address", (name) => httpSource(`https://h/${name}`, { fetch: answer(404) })],
  ["a host", (name) => httpSource(`https://${name}/a`, { fetch: answer(404) })],
  ["an address of data", (name) => loadModel(new URL(`data:text/plain,${name}`) as never)],
];

const named = uses.flatMap(([where, use]) => names.map(([what, name]) => [what, where, name, use] as const));

it.each(named)("%s as the name of %s makes a message that can be shown", async (_, __, name, use) => {
  const error = await Promise.resolve()
    .then(() => use(name))
    .catch((thrown: unknown) => thrown);
  expectShowable(error);
});

it.each([
  ["plain_1.a-b+c", "/plain_1.a-b+c"],
  ["größe", "/größe"],
  ["a b", '"/a b"'],
  ["a: expected 3", '"/a: expected 3"'],
  ['a"', '"/a\\""'],
  ["\\u001b", '"/\\\\u001b"'],
  ["\u001b", '"/\\u001b"'],
])("an array called %j cannot be taken for another one", async (name, shown) => {
  await expect(open(linked(name), refused)).rejects.toThrow(
    `w.h5 ${shown}: expected at most 0 declared bytes`,
  );
});

/** Files with a name wherever one can be. */
const files: readonly (readonly [string, (name: string) => Uint8Array])[] = [
  ["layer.keras", (name) => kerasFile({ edit: (_, dense) => (dense.config.name = name) })],
  ["model.keras", (name) => kerasFile({ edit: (model) => (model.config.name = name) })],
  [
    "key.keras",
    (name) =>
      kerasFile({
        edit: (_, dense) => Object.assign(dense.config, JSON.parse(`{${JSON.stringify(name)}:1}`)),
      }),
  ],
  [
    "class.keras",
    (name) => kerasFile({ edit: (_, dense) => Object.assign(dense, { class_name: name, module: name }) }),
  ],
  [
    "function.keras",
    (name) =>
      kerasFile({
        edit: (_, dense) =>
          (dense.config.activation = { module: name, class_name: "function", config: name }),
      }),
  ],
  ["activation.keras", (name) => kerasFile({ edit: (_, dense) => (dense.config.activation = name) })],
  [
    "compile.keras",
    (name) =>
      kerasFile({ edit: (model) => (model.compile_config = { [name]: { module: name, class_name: name } }) }),
  ],
  ["metadata.keras", (name) => kerasFile({ metadata: { keras_version: name, date_saved: name } })],
  [
    "member.keras",
    (name) => kerasFile({ members: { [`${fitting(name)}.py`]: "x", [`a/${fitting(name)}`]: zip([]) } }),
  ],
  [
    "npz.keras",
    (name) =>
      kerasFile({ members: { "a.npz": zip([{ name: `${fitting(name)}.npy`, bytes: npyFile("'|O'") }]) } }),
  ],
  ["link.keras", (name) => kerasFile({ weights: linked(name) })],
  ["external.keras", (name) => kerasFile({ weights: externalLink(name) })],
  ["link.weights.h5", (name) => file({ children: [["layers", { children: [[fitting(name), scalar]] }]] })],
  ["soft.h5", softLink],
  ["external.h5", externalLink],
  [
    "attribute.h5",
    (name) =>
      file({
        attributes: [
          [`${fitting(name)}_config`, "{"],
          ["model_config", fitting(name)],
        ],
        children: [],
      }),
  ],
  [
    "config.json",
    (name) => text(JSON.stringify({ module: "keras", class_name: name, config: { name, [name]: name } })),
  ],
  ["text.json", (name) => text(`{${name}`)],
  ["array.npy", (name) => npyFile(`'${fitting(name).slice(0, 50)}'`)],
  ["arrays.npz", (name) => zip([{ name: `${fitting(name)}.npy` }, { name: "b.npy" }])],
  ["tags.yaml", (name) => text(`class_name: !!python/object:${name}`)],
];
const held = files.flatMap(([path, make]) => names.map(([what, name]) => [what, path, name, make] as const));

it.each(held)("%s in %s is found in words that can be shown", async (_, path, name, make) => {
  const report = await checkModel(make(name), { name: `${fitting(name).slice(0, 50)}/${path}` });
  for (const { path: place, message } of report.findings) {
    for (const shown of [place, message]) {
      expect(shown).not.toMatch(garbling);
      expect(shown.length).toBeLessThan(2100);
    }
  }
  const { runs } = toSarif([report]);
  JSON.stringify(runs[0].results, (_, value: unknown) => {
    if (typeof value === "string") expect(value).not.toMatch(garbling);
    return value;
  });
});

const commands = [
  ["check"],
  ["check", "--json"],
  ["check", "--sarif"],
  ["summary"],
  ["summary", "--json"],
  ["weights"],
  ["weights", "--json"],
  ["config"],
  ["graph"],
  ["graph", "--format", "mermaid"],
  ["graph", "--format", "dot"],
  ["inputs"],
  ["clone", "-o", "-"],
];
/** Files of which nobody need know the names in them. */
const unshown: readonly string[] = ["link.keras", "text.json", "array.npy", "arrays.npz", "tags.yaml"];
/** One name with all that the others have; a megabyte is too slow for so many commands. */
const worst = names.map(([what, name]) => (what === "a megabyte" ? name.slice(0, 3000) : name)).join("");

it.each(files)("no command lets a name in %s through to a terminal", async (path, make) => {
  const at = join(folder, path);
  writeFileSync(at, make(worst));
  let isShown = false;
  for (const [command = "", ...flags] of commands) {
    for (const isTTY of [false, true]) {
      if (isTTY && command === "clone") continue; // which writes a file, and no text
      const { stdout, stderr } = await capture([command, at, ...flags], { isTTY, env: { NO_COLOR: "1" } });
      const said = command === "clone" ? stderr : stdout + stderr;
      isShown ||= said.includes("\\u001b");
      expect(said.replaceAll(/[\n\t]/g, ""), command).not.toMatch(garbling);
      expect(stderr.length, command).toBeLessThan(30_000);
      if ((flags.includes("--json") || flags.includes("--sarif")) && stderr === "") JSON.parse(stdout);
    }
  }
  expect(isShown).toBe(!unshown.includes(path));
});
