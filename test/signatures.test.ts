import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Fields } from "../src/fields/field.ts";
import * as ops from "../src/ops/index.ts";
import * as random from "../src/random/index.ts";
import { camelCase, renamed } from "../tools/exported-names.ts";

/** An argument of a function of Keras; `*` and `**` stand before the names of those that take any number. */
interface Parameter {
  readonly name: string;
  readonly default?: unknown;
}

interface KerasFunction {
  readonly id: string;
  readonly parameters: readonly Parameter[];
}

/** Where ours are others, and why. */
const differing: Readonly<Record<string, string>> = {
  "ops.dot_product_attention": "options have names here: their order is that of the config",
  "ops.einsum": "classes list operands first",
  "ops.image.extract_patches_3d": "the size of patches is among the options, which have names",
  "ops.layer_normalization": "has `rms_scaling`, which Keras finds in `**kwargs`",
  "ops.moments": "`axes` may be left out: all",
  "ops.rearrange": "the pattern stands among the options, as the equation of `einsum`",
  "ops.scan": "options have names here: a scan has either `xs` or `length`",
  "ops.stack": "its tensors are `xs`, as those of `concatenate`",
  "ops.where": "a condition alone is `nonzero`",
};

const functionsOf = (version: string): KerasFunction[] =>
  JSON.parse(readFileSync(new URL(`../golden/${version}/signatures.json`, import.meta.url), "utf8"))
    .functions;

function found(id: string): unknown {
  const name = id.slice(id.lastIndexOf(".") + 1);
  const door = id.startsWith("random.") ? random : id.startsWith("ops.image.") ? ops.image : ops;
  return (door as Readonly<Record<string, unknown>>)[renamed[name] ?? camelCase(name)];
}

/** An op says what it takes: tensors, and then fields, which are options here. */
function parametersOf(op: { readonly tensors: readonly string[]; readonly fields: Fields }): Parameter[] {
  const options = Object.entries(op.fields).map(([name, field]) =>
    field.required ? { name } : { name, default: field.default },
  );
  return [...op.tensors.map((name) => ({ name })), ...options];
}

/** The names of a function's arguments in front of its options. */
function namesOf(f: (...args: never[]) => unknown): string[] {
  const inside = /^[^(]*\(([^{)]*)/.exec(String(f))?.[1] ?? "";
  const names = inside.split(",").map((each) => each.trim().replace(/\s*=.*$/, ""));
  return names.filter((name) => name !== "" && name !== "options");
}

/** What ours has otherwise, or null. An older Keras may have fewer arguments. */
function difference(ours: object, theirs: readonly Parameter[], isNewest: boolean): string | null {
  if (!("fields" in ours)) {
    const names = namesOf(ours as () => unknown);
    const isVariadic = names.some((name) => name.startsWith("..."));
    const required = theirs.filter((each) => !("default" in each));
    if (isVariadic || (names.length >= required.length && names.length <= theirs.length)) return null;
    return `takes ${names.join(", ")}`;
  }
  const own = parametersOf(ours as never);
  const known = theirs
    .filter(({ name }) => !name.startsWith("**"))
    .map((each) => ({ ...each, name: each.name.replace("*", "") }));
  const isSame = (mine: Parameter, their: Parameter) =>
    mine.name === their.name &&
    (("default" in mine && !("default" in their) && !isNewest) ||
      JSON.stringify(mine) === JSON.stringify(their));
  const places = known.map((their) => own.findIndex((mine) => isSame(mine, their)));
  const isInOrder = places.every((place, i) => place >= 0 && place > (places[i - 1] ?? -1));
  if (isInOrder && (!isNewest || own.length === known.length)) return null;
  return `takes ${own.map((each) => JSON.stringify(each)).join(", ")}`;
}

describe.each(["3.6", "3.15"])("the arguments of Keras %s", (version) => {
  // What is not there at all docs/compatibility.md says.
  const known = functionsOf(version).filter(({ id }) => found(id) !== undefined);
  it.each(known)("of $id are ours, or differ for a reason", ({ id, parameters }) => {
    const different = difference(found(id) as object, parameters, version === "3.15");
    if (id in differing && version === "3.15")
      expect(different, `${id} is no longer different`).not.toBe(null);
    else if (!(id in differing)) expect(different).toBe(null);
  });
});
