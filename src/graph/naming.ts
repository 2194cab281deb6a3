const counters = new Map<string, number>();

/** `GlobalAveragePooling2D` → `global_average_pooling2d`, as Keras makes names of classes. */
export function toSnakeCase(name: string): string {
  return name
    .replace(/\W+/g, "")
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
}

/** The next free name of a class: `dense`, `dense_1`, … counted over the whole program, as Keras counts. */
export function autoName(className: string): string {
  return uniquify(toSnakeCase(className));
}

export function uniquify(base: string): string {
  const count = counters.get(base) ?? 0;
  counters.set(base, count + 1);
  return count === 0 ? base : `${base}_${count}`;
}

/** Starts counting names anew, as `keras.utils.clear_session()` does. */
export function resetNames(): void {
  counters.clear();
}
