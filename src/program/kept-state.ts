import type { DType } from "../tensor/dtype.ts";
import type { StaticShape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** A text, several, or numbers beside the tensors of a file. */
export type KeptAttribute = string | readonly string[] | Tensor;

/** A tensor of a file that is read when asked for, and not held. */
export interface KeptTensor {
  readonly dtype: DType;
  readonly shape: StaticShape;
  readonly attributes: ReadonlyMap<string, KeptAttribute>;
  readonly data: () => Tensor | Promise<Tensor>;
  /** Reads it at once, where that is possible. */
  readonly readSync?: (() => Tensor) | undefined;
}

/**
 * The state of something this package does not run, such as an optimizer: kept as its file has it, names and all,
 * and written back.
 */
export class KeptState {
  readonly attributes: ReadonlyMap<string, KeptAttribute>;
  readonly children: ReadonlyMap<string, KeptState | KeptTensor>;

  constructor(
    children: ReadonlyMap<string, KeptState | KeptTensor>,
    attributes: ReadonlyMap<string, KeptAttribute> = new Map(),
  ) {
    this.children = children;
    this.attributes = attributes;
  }

  /** Its own variables in their order, such as an optimizer's iteration, learning rate and moments. */
  get variables(): readonly KeptTensor[] {
    const own = this.children.get("vars");
    if (!(own instanceof KeptState)) return [];
    const found: KeptTensor[] = [];
    for (let next = own.children.get("0"); next && !(next instanceof KeptState); ) {
      found.push(next);
      next = own.children.get(String(found.length));
    }
    return found;
  }
}

/** What a layer without code offers, so that its weights survive a file's reading and writing. */
export interface KeepsState {
  keptState: KeptState | null;
  /** The name of its class, as its config has it, where that is not known. */
  readonly keptClassName?: string;
}
