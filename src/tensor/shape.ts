/** A shape; `null` is a dimension not known before a call (Python's `None`), such as the batch. */
export type Shape = readonly (number | null)[];

/** A shape with every dimension known: that of a {@link Tensor}. */
export type StaticShape = readonly number[];

/**
 * The shape of what nobody here can say the shape of: an output of a class without code. It is told from other shapes by
 * being this very one.
 */
export const unknownShape: Shape = /* @__PURE__ */ Object.freeze([]);

/** How many elements a tensor of this shape has. */
export function sizeOf(shape: StaticShape): number {
  let size = 1;
  for (const dimension of shape) size *= dimension;
  return size;
}

export function isStatic(shape: Shape): shape is StaticShape {
  return !shape.includes(null);
}

/** Whether anything is a shape, and not a list of them. */
export function isShape(value: unknown): value is Shape {
  return Array.isArray(value) && value.every((size) => size === null || typeof size === "number");
}

/** Whether anything is a shape with every dimension known. */
export function isStaticShape(shape: unknown): shape is StaticShape {
  return Array.isArray(shape) && shape.every((size) => Number.isSafeInteger(size) && size >= 0);
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dimension, i) => dimension === b[i]);
}

/** Row-major strides, in elements. */
export function stridesOf(shape: StaticShape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    strides[i] = stride;
    stride *= shape[i]!;
  }
  return strides;
}

/** Shapes of more dimensions are nobody's but a broken file's. */
const MAX_SHOWN = 32;

/** `[null, 3]` → `(None, 3)`, as Keras prints a shape; `(3,)` for one dimension. */
export function formatShape(shape: Shape): string {
  if (shape === unknownShape) return "?";
  const items = shape
    .slice(0, MAX_SHOWN)
    .map((dimension) => (dimension === null ? "None" : String(dimension)));
  if (shape.length > MAX_SHOWN) items.push(`… ${shape.length - MAX_SHOWN} more`);
  return items.length === 1 ? `(${items[0]},)` : `(${items.join(", ")})`;
}
