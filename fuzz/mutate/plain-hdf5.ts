import { type Hdf5Dataset, type Hdf5Group, openHdf5 } from "../../src/saving/hdf5/index.ts";
import { planHdf5 } from "../../src/saving/hdf5/plan.ts";
import type { AttributeInput, Hdf5DatasetInput, Hdf5GroupInput } from "../../src/saving/hdf5/tree.ts";
import { memorySource } from "../../src/saving/sources.ts";
import { full } from "../../src/tensor/create.ts";
import { isDType } from "../../src/tensor/dtype.ts";
import type { Plain } from "../reader.ts";
import { parseConfig } from "../seeds.ts";
import { jsonText } from "./json-text.ts";
import { isContainer } from "./places.ts";

type Dict = { [key: string]: Plain };

const mostElements = 10_000;

/** A file of HDF5 as a plain value: what its attributes say, JSON as what it stands for, and what arrays there are. */
export async function plainHdf5(file: Uint8Array): Promise<Dict> {
  return plainGroup((await openHdf5(memorySource(file))).root);
}

function plainGroup({ attributes, children }: Hdf5Group): Dict {
  const found: Dict = {};
  for (const [key, value] of attributes) {
    if (typeof value === "string") found[key] = value.startsWith("{") ? parseConfig(value) : value;
    else if (Array.isArray(value)) found[key] = value.map(String);
  }
  const inside = [...children].map(([name, child]): [string, Dict] => [
    name,
    child.kind === "group" ? plainGroup(child) : plainArray(child),
  ]);
  return { attributes: found, children: Object.fromEntries(inside) };
}

function plainArray({ dtype, shape }: Hdf5Dataset): Dict {
  return { dtype, shape: [...shape] };
}

/** The file that a plain value stands for; what can be in none is left out. */
export function hdf5Of(value: Plain): Uint8Array {
  return planHdf5(groupOf(isDict(value) ? value : {})).toBytes();
}

function groupOf({ attributes, children }: Dict): Hdf5GroupInput {
  const inside = entriesOf(children).map(([name, child]): [string, Hdf5GroupInput | Hdf5DatasetInput] => [
    name,
    isDict(child) && "children" in child ? groupOf(child) : arrayOf(isDict(child) ? child : {}),
  ]);
  return {
    attributes: entriesOf(attributes).map(([key, each]) => [key, attributeOf(each)]),
    children: new Map(inside),
  };
}

function attributeOf(value: Plain): AttributeInput {
  if (typeof value === "string") return value;
  if (typeof value === "number" && Number.isFinite(value)) return full([], value, "float64");
  const isList = Array.isArray(value) && value.length > 0;
  return isList && value.every((each) => typeof each === "string") ? value : jsonText(value);
}

/** Every number of an array is the same. */
function arrayOf({ dtype, shape }: Dict): Hdf5DatasetInput {
  const sizes = Array.isArray(shape) ? shape.filter((size) => Number.isInteger(size)) : [];
  const isSmall =
    sizes.reduce<number>((product, size) => product * Math.abs(Number(size)), 1) <= mostElements;
  const dims = isSmall ? sizes.map((size) => Math.abs(Number(size))) : [];
  const kind = isDType(dtype) && dtype !== "string" ? dtype : "float32";
  return { dtype: kind, shape: dims, data: () => full(dims, 1, kind) };
}

function entriesOf(value: Plain): [string, Plain][] {
  return isDict(value) ? Object.entries(value) : [];
}

function isDict(value: Plain): value is Dict {
  return isContainer(value) && !Array.isArray(value);
}
