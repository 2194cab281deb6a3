import fc from "fast-check";

/** Something to do to one place of a config. */
export interface Mutation {
  /** Which place; counted round over all there are. */
  readonly at: number;
  readonly change: "delete" | "replace" | "rename" | "duplicate" | "swap";
  readonly value: unknown;
  readonly other: number;
}

const hostileNames = ["__proto__", "constructor", "toString", "hasOwnProperty", "", "a/b", "\u0000", "0"];

const hostile = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1.5,
    2 ** 31,
    2 ** 53,
    1e308,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    "",
    "relu",
    [],
    {},
    [null],
    [[]],
    [0, 0, 0],
    { class_name: "Dense" },
    { class_name: "Dense", config: {} },
    { class_name: 3, config: {} },
    { class_name: "function", config: "relu" },
    { class_name: "function", config: 3 },
    { class_name: "__tensor__", config: null },
    { class_name: "__tensor__", config: { value: [[1], [2, 3]], dtype: "float32" } },
    { class_name: "__numpy__", config: { value: "x", dtype: "int32" } },
    { class_name: "__slice__", config: 3 },
    { class_name: "__bytes__", config: null },
    { class_name: "__keras_tensor__", config: null },
    { class_name: "__keras_tensor__", config: { keras_history: ["x"] } },
    { class_name: "__keras_tensor__", config: { keras_history: ["nobody", 0, 0] } },
    { class_name: "__lambda__", config: { value: ["AAAA"] } },
    { module: "builtins", class_name: "eval", config: {}, registered_name: "eval" },
    { module: "keras", class_name: "DTypePolicy", config: { name: "float31" }, registered_name: null },
  ),
  fc.constantFrom(...hostileNames),
  fc
    .constantFrom(...hostileNames)
    .map((name) => JSON.parse(`{${JSON.stringify(name)}: {"class_name": "Dense"}}`)),
  fc.integer(),
  fc.double(),
  fc.string({ maxLength: 5 }),
  fc.array(fc.integer({ min: -3, max: 10 }), { maxLength: 4 }),
);

export const mutations: fc.Arbitrary<readonly Mutation[]> = fc.array(
  fc.record({
    at: fc.nat(100_000),
    change: fc.constantFrom("delete", "replace", "replace", "rename", "duplicate", "swap"),
    value: hostile,
    other: fc.nat(100_000),
  }) as fc.Arbitrary<Mutation>,
  { minLength: 1, maxLength: 3 },
);

interface Place {
  readonly container: Record<string, unknown> | unknown[];
  readonly key: string;
}

/** Changes a config in place. */
export function mutate(config: object, changes: readonly Mutation[]): void {
  for (const { at, change, value, other } of changes) {
    const places = placesIn(config);
    if (places.length === 0) return;
    const { container, key } = places[at % places.length]!;
    const target = container as Record<string, unknown>;
    if (change === "replace") define(target, key, value);
    else if (change === "duplicate" && Array.isArray(container)) container.push(container[Number(key)]);
    else if (change === "swap") {
      const from = places[other % places.length]!;
      define(target, key, structuredClone((from.container as Record<string, unknown>)[from.key]));
    } else if (change === "rename" && typeof target[key] === "string") {
      target[key] = hostileNames[other % hostileNames.length];
    } else if (Array.isArray(container)) container.splice(Number(key), 1);
    else {
      const old = target[key];
      delete target[key];
      if (change === "rename") define(target, hostileNames[other % hostileNames.length]!, old);
    }
  }
}

function define(target: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}

function placesIn(value: unknown): Place[] {
  if (typeof value !== "object" || value === null) return [];
  const container = value as Record<string, unknown>;
  return Object.keys(container).flatMap((key) => [{ container, key }, ...placesIn(container[key])]);
}
