import { FileError } from "../../errors.ts";
import { inspect } from "../../json/inspect.ts";
import type { Budget } from "../budget.ts";
import { fieldsOf } from "./protobuf.ts";

/** The key under which a bundle has its graph of objects. */
export const graphKey = "_CHECKPOINTABLE_OBJECT_GRAPH";
/** What the value of a variable is called among what a node keeps, and what a table maps. */
const variableValue = "VARIABLE_VALUE";
const tableRows = "table";

/** An object that Python had when it wrote a checkpoint: a model, a layer, a list, a variable. */
export interface GraphNode {
  /** Other objects, by the names of the attributes that held them; those of a list by their places. */
  readonly children: ReadonlyMap<string, number>;
  /** Of a variable, the key of its value in the bundle, and its own name, such as `dense/kernel`. */
  readonly variable: { readonly key: string; readonly name: string } | null;
  /** Of a table that could be changed, the keys of what it maps and to what, as TensorFlow 2.5 and older keep lookups. */
  readonly table: { readonly keys: string; readonly values: string } | null;
  /** What an optimizer kept, for which variable and where. */
  readonly slots: readonly Slot[];
}

export interface Slot {
  /** What it is: `m`, `v`, `momentum`. */
  readonly name: string;
  /** The node of the variable that it is for. */
  readonly of: number;
  readonly node: number;
}

/** Reads the nodes of `TrackableObjectGraph`, of which the first is the model. */
export function readObjectGraph(bytes: Uint8Array, at: string, budget: Budget): readonly GraphNode[] {
  const nodes: GraphNode[] = [];
  for (const field of fieldsOf(bytes, at)) {
    if (field.number === 1) nodes.push(readNode(field.bytes, `${at}: node ${nodes.length}`, budget));
  }
  for (const [i, { children }] of nodes.entries()) {
    for (const id of children.values()) {
      if (id >= 0 && id < nodes.length) continue;
      throw new FileError(
        `${at}: node ${i}`,
        `expected a node below ${nodes.length}, received ${inspect(id)}.`,
      );
    }
  }
  return nodes;
}

function readNode(bytes: Uint8Array, at: string, budget: Budget): GraphNode {
  budget.objects.take(1, at);
  const children = new Map<string, number>();
  let variable: GraphNode["variable"] = null;
  let table: GraphNode["table"] = null;
  const slots: Slot[] = [];
  for (const field of fieldsOf(bytes, at)) {
    if (field.number === 1) {
      const { name, id } = readChild(field.bytes, at);
      children.set(name, id);
    } else if (field.number === 2) {
      const { kind, name, key } = readKept(field.bytes, at);
      if (kind === variableValue) variable = { key, name };
      if (kind === tableRows) table = { keys: `${key}-keys`, values: `${key}-values` };
    } else if (field.number === 3) {
      slots.push(readSlot(field.bytes, at));
    }
  }
  budget.objects.take(children.size + slots.length, at);
  return { children, variable, table, slots };
}

function readChild(bytes: Uint8Array, at: string): { name: string; id: number } {
  let [name, id] = ["", 0];
  for (const field of fieldsOf(bytes, at)) {
    if (field.number === 1) id = field.integer;
    if (field.number === 2) name = field.text;
  }
  return { name, id };
}

function readSlot(bytes: Uint8Array, at: string): Slot {
  let [name, of, node] = ["", 0, 0];
  for (const field of fieldsOf(bytes, at)) {
    if (field.number === 1) of = field.integer;
    if (field.number === 2) name = field.text;
    if (field.number === 3) node = field.integer;
  }
  return { name, of, node };
}

/** Something that a node keeps: what it is, the name of the whole and where the bundle has it. */
function readKept(bytes: Uint8Array, at: string): { kind: string; name: string; key: string } {
  let [kind, name, key] = ["", "", ""];
  for (const field of fieldsOf(bytes, at)) {
    if (field.number === 1) kind = field.text;
    if (field.number === 2) name = field.text;
    if (field.number === 3) key = field.text;
  }
  return { kind, name, key };
}
