import { FileError } from "../errors.ts";
import { type KeptAttribute, KeptState, type KeptTensor } from "../layers/kept-state.ts";
import { isDType } from "../tensor/dtype.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { AttributeValue, Hdf5Dataset, Hdf5Group } from "./hdf5/index.ts";

/** A group with all that is in it, its tensors unread. `name` is what errors call the file. */
export function keepGroup(group: Hdf5Group, name: string): KeptState {
  const children = new Map<string, KeptState | KeptTensor>();
  const root = new KeptState(children, keepAttributes(group.attributes));
  const pending = [{ group, children }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    for (const [key, child] of next.group.children) {
      if (child.kind === "dataset") {
        next.children.set(key, keepTensor(child, name));
        continue;
      }
      const inner = new Map<string, KeptState | KeptTensor>();
      next.children.set(key, new KeptState(inner, keepAttributes(child.attributes)));
      pending.push({ group: child, children: inner });
    }
  }
  return root;
}

function keepTensor(dataset: Hdf5Dataset, name: string): KeptTensor {
  const { dtype, shape, path } = dataset;
  if (!isDType(dtype)) {
    throw new FileError(`${name} ${path}`, `expected numbers, received ${dtype}.`);
  }
  const { readSync } = dataset;
  const data = readSync ?? (() => dataset.read());
  return { dtype, shape, attributes: keepAttributes(dataset.attributes), data, readSync };
}

/** The attributes that can be written again: texts and numbers. */
export function keepAttributes(
  attributes: ReadonlyMap<string, AttributeValue>,
): ReadonlyMap<string, KeptAttribute> {
  const kept = new Map<string, KeptAttribute>();
  for (const [key, value] of attributes) if (isKept(value)) kept.set(key, value);
  return kept;
}

function isKept(value: AttributeValue): value is KeptAttribute {
  return typeof value === "string" || Array.isArray(value) || value instanceof Tensor;
}
