import { Dense } from "../layers/core/dense.ts";
import { Input } from "../layers/core/input-layer.ts";
import { Sequential } from "../models/sequential.ts";
import { text, zip } from "../saving/archive.fixture.ts";
import { openArchive } from "../saving/archive.ts";
import { toBytes } from "../saving/save-model.ts";
import { memorySource } from "../saving/sources.ts";

// biome-ignore lint/suspicious/noExplicitAny: configs are made wrong here in any way.
type Anything = any;

const good = await toBytes(
  new Sequential([Input({ shape: [4] }), new Dense({ units: 2, name: "d" })], { name: "m" }),
);
const { members } = await openArchive(memorySource(good));

/** The text of a member of a good file. */
async function textOf(name: string): Promise<string> {
  return new TextDecoder().decode(await members.get(name)?.read());
}

export const config = await textOf("config.json");
const metadata = await textOf("metadata.json");
const weights = (await members.get("model.weights.h5")?.read()) ?? new Uint8Array();

/** What is otherwise than in a good file. */
interface Changes {
  /** Changes the config of the model, or that of its Dense layer. */
  readonly edit?: (config: Anything, dense: Anything) => void;
  readonly metadata?: object;
  readonly weights?: Uint8Array;
  /** More members, by name. */
  readonly members?: Readonly<Record<string, string | Uint8Array>>;
}

/** A `.keras` file of one Dense layer, with these changes. */
export function kerasFile(changes: Changes = {}): Uint8Array {
  const changed = JSON.parse(config);
  changes.edit?.(changed, changed.config.layers[1]);
  const more = Object.entries(changes.members ?? {}).map(([name, content]) => ({
    name,
    bytes: typeof content === "string" ? text(content) : content,
  }));
  return zip([
    { name: "metadata.json", bytes: text(changes.metadata ? JSON.stringify(changes.metadata) : metadata) },
    { name: "config.json", bytes: text(JSON.stringify(changed)) },
    { name: "model.weights.h5", bytes: changes.weights ?? weights },
    ...more,
  ]);
}

/** An envelope of a class. */
export function classOf(module: string | null, className: string, more: object = {}): object {
  return { module, class_name: className, config: {}, registered_name: null, ...more };
}

/** An envelope of a function. */
export function functionOf(module: string | null, name: string): object {
  return { module, class_name: "function", config: name, registered_name: "function" };
}

/** The start of a `.npy` file whose elements are of this NumPy type. */
export function npyFile(description: string): Uint8Array {
  const header = `{'descr': ${description}, 'fortran_order': False, 'shape': (1,), }`.padEnd(117);
  return new Uint8Array([0x93, ...text("NUMPY"), 1, 0, header.length + 1, 0, ...text(`${header}\n`)]);
}
