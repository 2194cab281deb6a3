import { doors } from "./doors.ts";

/** A name of Keras as functions here are named. */
export function camelCase(name: string): string {
  return name.replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** Where names of a module of Keras are, which has no door of its own. */
const elsewhere: Readonly<Record<string, readonly string[]>> = {
  "ops.image": ["ops"],
  "optimizers.schedules": ["optimizers", "optimizers/schedules"],
  utils: [".", "data", "graph", "ops"],
  dtype_policies: ["dtype-policies", "."],
};

/** Where a name of Keras is, and what it is called there. */
export interface Export {
  /** What to import it from: `ceratops/layers`. */
  readonly door: string;
  readonly name: string;
}

/**
 * What the package exports for a public name of Keras, such as `layers.Dense` or `ops.expand_dims`; null where it has
 * nothing. What makes and reads envelopes is one function for all modules, at the door of the package.
 */
export async function exportFor(name: string): Promise<Export | null> {
  const dot = name.lastIndexOf(".");
  const [module, bare] = [name.slice(0, dot), name.slice(dot + 1)];
  const places = /^(de)?serialize$/.test(bare) ? ["."] : (elsewhere[module] ?? [module]);
  for (const place of places) {
    const door = place === "." ? "ceratops" : `ceratops/${place}`;
    const source = doors.get(door);
    if (source === undefined) continue;
    const found = (await import(source)) as Readonly<Record<string, unknown>>;
    const inside = module === "ops.image" ? (found.image as typeof found) : found;
    const here = inside && wordings(bare, module).find((each) => each in inside);
    if (here) return { door, name: inside === found ? here : `image.${here}` };
  }
  return null;
}

/** Names that are others here: Keras writes the first into configs, and JavaScript has the others as words of its own. */
export const renamed: Readonly<Record<string, string>> = {
  GroupQueryAttention: "GroupedQueryAttention",
  clear_session: "resetNames",
  deserialize_keras_object: "deserialize",
  load_img: "tensorFromImage",
  model_to_dot: "plotModel",
  serialize_keras_object: "serialize",
  switch: "switchCase",
  var: "variance",
};

function wordings(name: string, module: string): string[] {
  const family = module.replace(/(?<=s)es$|s$/, "").replace(/ie$/, "y");
  const [first = ""] = family.split(".").slice(-1);
  // `get` and its like are named for what they get, `getPolicy`, since a door is not needed to tell them apart.
  const title = camelCase(`_${first.split("_").at(-1)}`);
  return [renamed[name] ?? name, camelCase(name), `${camelCase(name)}_`, `${camelCase(name)}${title}`];
}
