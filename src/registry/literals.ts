import type { JsonValue } from "../json/json.ts";

/** How an object writes itself into a config, where it is more than its class and its own config. */
export const toWire: unique symbol = Symbol("ceratops.toWire");

/** Something that writes itself. */
export interface Wired {
  [toWire](): JsonValue;
}

/** Python's `slice(start, stop, step)`, as in `x[:, 1:3]`; null is left open. */
export class Slice {
  readonly start: number | null;
  readonly stop: number | null;
  readonly step: number | null;

  constructor(start: number | null = null, stop: number | null = null, step: number | null = null) {
    this.start = start;
    this.stop = stop;
    this.step = step;
  }
}

/** `slice(1, 3)` is Python's `1:3`, `slice()` is `:`. */
export function slice(
  start: number | null = null,
  stop: number | null = null,
  step: number | null = null,
): Slice {
  return new Slice(start, stop, step);
}

/** The class of `ellipsis`; no plain object, so that it is a leaf of nested arguments. */
class Ellipsis implements Wired {
  [toWire](): JsonValue {
    return { class_name: "__ellipsis__", config: {} };
  }
}

/** Python's `...` in an index. */
export const ellipsis = /* @__PURE__ */ Object.freeze(/* @__PURE__ */ new Ellipsis());
