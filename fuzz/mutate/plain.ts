import type { Random } from "../random.ts";
import type { Plain } from "../reader.ts";
import {
  type Container,
  copyOf,
  isContainer,
  type Place,
  placesIn,
  removeAt,
  setAt,
  valueAt,
} from "./places.ts";
import { hostileNames, hostileValues, knownKeys } from "./vocabulary.ts";

/** Changes a value somewhere inside; `others` give parts to put into it. */
export function mutatePlain<T extends Plain>(seed: T, random: Random, others: readonly Plain[] = []): T {
  const whole: Plain[] = [copyOf(seed)];
  for (let left = random.few(); left > 0; left--) {
    if (whole.length === 0) whole.push(null);
    const places = placesIn(whole);
    const at = random.once(50) ? 0 : random.below(places.length);
    changePlace(places[at]!, random, places, others);
  }
  return whole[0] as T;
}

function changePlace(place: Place, random: Random, places: readonly Place[], others: readonly Plain[]): void {
  const old = valueAt(place);
  const another = () => copyOf(valueAt(random.pick(places)));
  random.pick<() => void>([
    () => removeAt(place),
    () => setAt(place, hostile(random)),
    () => setAt(place, hostile(random)),
    () => setAt(place, changedValue(old, random)),
    () => setAt(place, changedValue(old, random)),
    () => setAt(place, typeof old === "string" ? random.pick(hostileNames) : changedValue(old, random)),
    () => setAt(place, another()),
    () => setAt(place, wrapped(old, random)),
    () => setAt(place, isContainer(old) ? copyOf(random.pick(insideOr(old))) : null),
    () => renameKey(place, random.pick(random.once(2) ? hostileNames : knownKeys)),
    () => repeat(place, random),
    () => addKey(place, random, another),
    () => shareId(random, places),
    () => exchange(random, places, "class_name", ["class_name", "module", "registered_name"]),
    () => exchange(random, places, random.pick(["keras_history", "name", "config", "inbound_nodes"])),
    () => takeFrom(random, places, others),
  ])();
}

function hostile(random: Random): Plain {
  return copyOf(random.pick(hostileValues));
}

/** A value of the same kind, as near as can be. */
function changedValue(old: Plain, random: Random): Plain {
  if (typeof old === "number") {
    return random.pick([
      old + 1,
      old - 1,
      -old,
      old + 0.5,
      old * 1000,
      0,
      2 ** random.below(64),
      random.below(20),
      [old],
      [old, old],
    ]);
  }
  if (typeof old === "boolean") return random.pick<Plain>([!old, Number(old), null, "true"]);
  if (typeof old === "string") {
    const at = random.below(old.length + 1);
    return random.pick<Plain>([
      old.slice(0, at),
      `${old.slice(0, at)}${random.pick(hostileNames)}${old.slice(at)}`,
      old.toUpperCase(),
      `${old}_1`,
      old.slice(1),
      [old],
      { [old]: old },
    ]);
  }
  if (Array.isArray(old) && old.length > 0) {
    const items = copyOf(old);
    const at = random.below(items.length);
    return random.pick<() => Plain>([
      () => items.reverse(),
      () => items.slice(at),
      () => [...items, ...items],
      () => [...items, hostile(random)],
      () => Object.fromEntries(items.map((item, i) => [i, item])),
    ])();
  }
  return hostile(random);
}

function wrapped(old: Plain, random: Random): Plain {
  const inner = copyOf(old);
  const deep = random.pick([3, 30, 300, 700, 1200]);
  return random.pick<() => Plain>([
    () => [inner],
    () => ({ a: inner }),
    () => ({
      module: "keras",
      class_name: random.pick(["Dense", "Sequential", "x"]),
      config: inner as Plain,
    }),
    () => ({ class_name: "__tuple__", config: { value: inner } }),
    () => nested(inner, deep, (value) => [value]),
    () => nested(inner, deep, (value) => ({ config: value })),
    () =>
      nested(inner, Math.min(deep, 700), (value) => ({
        module: "keras.layers",
        class_name: "TimeDistributed",
        config: { layer: value },
      })),
    () =>
      nested(inner, Math.min(deep, 700), (value) => ({
        module: "keras",
        class_name: "Sequential",
        config: { name: "s", layers: [value] },
      })),
  ])();
}

function nested(inner: Plain, depth: number, around: (value: Plain) => Plain): Plain {
  let value = inner;
  for (let i = 0; i < depth; i++) value = around(value);
  return value;
}

function insideOr(container: Container): Plain[] {
  const inside = Object.values(container) as Plain[];
  return inside.length > 0 ? inside : [null];
}

/** A list with many of the same, an object with a second of it. */
function repeat(place: Place, random: Random): void {
  const old = valueAt(place);
  if (!Array.isArray(place.container)) {
    setAt({ ...place, key: `${place.key}_2` }, copyOf(old));
    return;
  }
  const size = JSON.stringify(old, (_, value) => (typeof value === "bigint" ? 0 : value))?.length ?? 1;
  const times = Math.min(random.pick([1, 2, 20, 3000]), Math.ceil(100_000 / (size + 1)));
  for (let i = 0; i < times; i++) place.container.push(copyOf(old));
}

function renameKey(place: Place, name: string): void {
  if (Array.isArray(place.container)) return;
  const old = valueAt(place);
  removeAt(place);
  setAt({ ...place, key: name }, old);
}

function addKey({ container }: Place, random: Random, another: () => Plain): void {
  if (Array.isArray(container)) return;
  const key = random.pick(random.once(3) ? hostileNames : knownKeys);
  setAt({ container, key }, random.once(2) ? another() : hostile(random));
}

/** Says of two objects that they are the same one, or of one that it is inside itself. */
function shareId(random: Random, places: readonly Place[]): void {
  const envelopes = places.map(valueAt).filter((value) => isContainer(value) && "class_name" in value);
  if (envelopes.length === 0) return;
  const id: Plain = random.pick<Plain>([1, 1, 1, 140_000_000_000_000, "a", null, -1.5, [1]]);
  for (let left = 2; left > 0; left--) {
    setAt({ container: random.pick(envelopes) as Container, key: "shared_object_id" }, id);
  }
}

/** Gives one object what another of its kind has under these keys. */
function exchange(
  random: Random,
  places: readonly Place[],
  key: string,
  keys: readonly string[] = [key],
): void {
  const having = places.filter((place) => place.key === key);
  if (having.length === 0) return;
  const to = random.pick(having).container;
  const from = random.pick(having).container;
  for (const each of keys) {
    if (each in from) setAt({ container: to, key: each }, copyOf(valueAt({ container: from, key: each })));
  }
}

/** Puts an object of another config in the place of one of this. */
function takeFrom(random: Random, places: readonly Place[], others: readonly Plain[]): void {
  const isObject = (place: Place) => {
    const value = valueAt(place);
    return isContainer(value) && "class_name" in value;
  };
  if (others.length === 0) return;
  const there = placesIn([random.pick(others)]).filter(isObject);
  const here = places.filter(isObject);
  if (there.length === 0 || here.length === 0) return;
  const { container, key } = random.pick(here);
  const given = copyOf(valueAt(random.pick(there)));
  const keeps = random.once(2) && isContainer(given);
  const inbound = valueAt({ container: valueAt({ container, key }) as Container, key: "inbound_nodes" });
  if (keeps && inbound !== undefined) setAt({ container: given as Container, key: "inbound_nodes" }, inbound);
  setAt({ container, key }, given);
}
