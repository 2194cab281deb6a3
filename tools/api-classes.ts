import type { AnyField } from "../src/fields/field.ts";
import type { Argument, Signature } from "../src/graph/signature.ts";
import { inspect } from "../src/json/inspect.ts";
import { isClass, type RevivableClass } from "../src/registry/registry.ts";

/** A class with a config; layers and operations also say what their call takes. */
export type DescribedClass = RevivableClass & { readonly signature?: Signature };

/** A public class and its name. */
interface NamedClass {
  readonly name: string;
  readonly cls: object;
}

/** A class with a config: what its call takes, its base, its place in configs; then its own fields. */
export function describeClass(
  name: string,
  cls: DescribedClass,
  names: ReadonlyMap<unknown, string>,
): string[] {
  const base = baseOf(cls, names);
  const inherited = base && isClass(base.cls) ? base.cls.fields : {};
  const own = Object.entries(cls.fields).filter(([key, field]) => field !== inherited[key]);
  const place = cls.module === null ? "" : `: ${cls.module}.${cls.className}`;
  return [`${name}${callOf(cls)}${base ? ` extends ${base.name}` : ""}${place}`, ...describeFields(own)];
}

/** An op: what its call takes, what it gives where that is not one tensor, its place in configs; then its fields. */
export function describeOp(name: string, cls: DescribedClass, gives: string): string[] {
  const fields = Object.entries(cls.fields).filter(([key]) => key !== "name");
  return [`${name}${callOf(cls)}${gives}: ${cls.module}.${cls.className}`, ...describeFields(fields)];
}

/** The arguments of a call: `(sequences, initial_state?, mask of sequences, training = false)`. */
function callOf({ signature }: DescribedClass): string {
  if (signature === undefined) return "";
  const { names, arguments: facts } = signature;
  const described = names.map((name) => {
    const { required, maskOf, byDefault } = facts[name] as Argument;
    if (maskOf !== null) return name === `${maskOf}_mask` ? name : `${name} of ${maskOf}`;
    if (byDefault !== null) return `${name} = ${byDefault}`;
    return required ? name : `${name}?`;
  });
  return `(${described.join(", ")})`;
}

/**
 * `units: a positive integer`, `use_bias: true or false = true`, `seed: an integer or null = null, since 3.15`; on one
 * line what stands side by side and is the same.
 */
function describeFields(fields: readonly (readonly [string, AnyField])[]): string[] {
  const lines: { names: string; text: string }[] = [];
  for (const [name, field] of fields) {
    const text = describeField(field);
    const last = lines.at(-1);
    if (last?.text === text) last.names += `, ${name}`;
    else lines.push({ names: name, text });
  }
  return lines.map(({ names, text }) => `  ${names}: ${text}`);
}

function describeField(field: AnyField): string {
  const notes = [
    field.required ? "" : ` = ${defaultOf(field)}`,
    field.property === undefined ? "" : `, held as ${field.property}`,
    field.omitIfDefault ? `, left out where ${defaultOf(field)}` : "",
    field.since === undefined ? "" : `, since ${field.since}`,
    field.until === undefined ? "" : `, until ${field.until}`,
  ];
  return field.expected + notes.join("");
}

/** The default; a float has a point, as in Python. */
function defaultOf({ default: value, float }: AnyField): string {
  return float && Number.isInteger(value) ? `${value}.0` : inspect(value);
}

/** The nearest class above one that has a public name. */
function baseOf(cls: object, names: ReadonlyMap<unknown, string>): NamedClass | undefined {
  for (let base = Object.getPrototypeOf(cls); base !== null; base = Object.getPrototypeOf(base)) {
    const name = names.get(base);
    if (name !== undefined) return { name, cls: base };
  }
  return undefined;
}
