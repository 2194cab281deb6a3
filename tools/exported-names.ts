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

/**
 * Whether the package exports a public name of Keras, such as `layers.Dense` or `ops.expand_dims`. What makes and reads envelopes is one
 * function for all modules.
 */
export async function isExported(name: string): Promise<boolean> {
  const dot = name.lastIndexOf(".");
  const [module, bare] = [name.slice(0, dot), name.slice(dot + 1)];
  for (const door of elsewhere[module] ?? [module]) {
    const source = doors.get(door === "." ? "ceratops" : `ceratops/${door}`);
    if (source === undefined) continue;
    const found = (await import(source)) as Readonly<Record<string, unknown>>;
    const inside = module === "ops.image" ? (found.image as typeof found) : found;
    if (inside && wordings(bare, module).some((each) => each in inside)) return true;
  }
  return /^(de)?serialize$/.test(bare);
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
