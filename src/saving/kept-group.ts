import { FileError } from "../errors.ts";
import { type KeptAttribute, KeptState, type KeptTensor } from "../program/kept-state.ts";
import { isNumericDType } from "../tensor/dtype.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { FileSum } from "./file-sum.ts";
import { type AttributeValue, type Hdf5Dataset, type Hdf5Group, placeIn } from "./hdf5/index.ts";
import { StoredTensor } from "./stored-tensor.ts";

/** A group with all that is in it, its tensors unread. `name` is what errors call the file, `sum` that of all of it. */
export function keepGroup(group: Hdf5Group, name: string, sum?: FileSum): KeptState {
  const children = new Map<string, KeptState | KeptTensor>();
  const root = new KeptState(children, keepAttributes(group.attributes));
  const pending = [{ group, children }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    for (const [key, child] of next.group.children) {
      if (child.kind === "dataset") {
        next.children.set(key, keepTensor(child, name, sum));
        continue;
      }
      const inner = new Map<string, KeptState | KeptTensor>();
      next.children.set(key, new KeptState(inner, keepAttributes(child.attributes)));
      pending.push({ group: child, children: inner });
    }
  }
  return root;
}

function keepTensor(dataset: Hdf5Dataset, name: string, sum: FileSum | undefined): KeptTensor {
  const { dtype, shape, path } = dataset;
  if (!isNumericDType(dtype)) {
    throw new FileError(placeIn(name, path), `expected numbers, received ${dtype}.`);
  }
  const stored = new StoredTensor(dataset, dtype, sum);
  const attributes = keepAttributes(dataset.attributes);
  return { dtype, shape, attributes, data: () => stored.read(), readSync: stored.readSync };
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
