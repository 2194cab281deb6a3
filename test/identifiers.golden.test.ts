import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Activation, activation, getActivation } from "../src/activations/index.ts";
import { getConstraint } from "../src/constraints/index.ts";
import { getPolicy } from "../src/dtype-policies/index.ts";
import { CeratopsError } from "../src/errors.ts";
import { getInitializer } from "../src/initializers/index.ts";
import { getLoss, LossFunctionWrapper } from "../src/losses/index.ts";
import { getMetric } from "../src/metrics/index.ts";
import { getOptimizer } from "../src/optimizers/index.ts";
import { getQuantizer } from "../src/quantizers/index.ts";
import type { Configurable } from "../src/registry/configurable.ts";
import { getRegularizer } from "../src/regularizers/index.ts";
import { noteFor, textAspect } from "./tried.ts";

type Names = Readonly<Record<string, string | null>>;

interface Module {
  readonly id: string;
  /** What the strings that Keras takes stand for; null where that needs arguments. */
  readonly accepted: Readonly<Record<string, unknown>>;
  readonly tried: readonly string[];
}

function modulesOf(version: string): ReadonlyMap<string, Module> {
  const path = new URL(`../golden/${version}/identifiers.json`, import.meta.url);
  const { modules } = JSON.parse(readFileSync(path, "utf8")) as { modules: Module[] };
  return new Map(modules.map((module) => [module.id, module]));
}

const VERSIONS = ["3.6", "3.15"].map((version) => ({ version, modules: modulesOf(version) }));
const newest = VERSIONS.at(-1)!.modules;
const acceptedBy = (id: string) => VERSIONS.map(({ modules }) => modules.get(id)!.accepted);

/** The name of a class, or of a function as configs have it; null where a string stands for nothing. */
function foundBy(get: (identifier: string) => unknown, identifier: string): string | null {
  let found: unknown;
  try {
    found = get(identifier);
  } catch (error) {
    expect(error).toBeInstanceOf(CeratopsError);
    return null;
  }
  if (typeof found === "function") return activation().toJson(found as Activation) as string;
  // Keras gives the function itself here, and makes a loss of it when it compiles.
  if (found instanceof LossFunctionWrapper) return (found.fn as { readonly name: string }).name;
  return (found as Configurable).constructor.className;
}

const modules: readonly (readonly [string, (identifier: string) => unknown])[] = [
  ["activations", getActivation],
  ["initializers", getInitializer],
  ["regularizers", getRegularizer],
  ["constraints", getConstraint],
  ["losses", getLoss],
  ["metrics", getMetric],
  ["optimizers", getOptimizer],
  ["quantizers", getQuantizer],
];

/** What is another thing here, and null where nothing. */
const different: Names = {
  // Old names of classes, which configs have no more.
  IdentityInitializer: "Identity",
  OrthogonalInitializer: "Orthogonal",
  // Base classes, with which nothing can be done.
  ...Object.fromEntries(
    ["Constraint", "Initializer", "Loss", "Metric", "Quantizer", "Regularizer", "QuantizationConfig"].map(
      (name) => [name, null],
    ),
  ),
  // Only as an object: a name would carry the class into every program.
  STFT: null,
  // A function of three arguments, which no layer can call.
  threshold: null,
  // No quantizers, though Keras has them by name in that module.
  GPTQConfig: null,
  Int4QuantizationConfig: null,
  Int8QuantizationConfig: null,
};

/** Keras reads no `Constant` without its value; the default is 0. */
const onlyHere: Readonly<Record<string, readonly string[]>> = { initializers: ["Constant", "constant"] };

const asHere = (name: unknown) => ((name as string) in different ? different[name as string] : name);

describe.each(VERSIONS)("strings that Keras $version takes", ({ version, modules: all }) => {
  it.for(modules)("%s", ([id, get], context) => {
    const names = Object.entries(all.get(id)!.accepted);
    expect(names.length).toBeGreaterThan(3);
    noteFor(context, `${id}.get`)(textAspect(version), () =>
      expect(Object.fromEntries(names.map(([name]) => [name, foundBy(get, name)]))).toEqual(
        Object.fromEntries(names.map(([name, what]) => [name, asHere(what)])),
      ),
    );
  });

  it("dtype_policies", (context) => {
    // There are no complex tensors here.
    const names = Object.entries(all.get("dtype_policies")!.accepted).filter(
      ([name]) => name !== "complex64",
    );
    const factsOf = (name: string) => {
      const policy = getPolicy(name);
      return [policy.constructor.className, policy.name, policy.computeDtype, policy.variableDtype];
    };
    noteFor(context, "dtype_policies.get")(textAspect(version), () =>
      expect(Object.fromEntries(names.map(([name]) => [name, factsOf(name)]))).toEqual(
        Object.fromEntries(names),
      ),
    );
  });
});

describe("strings that no Keras takes are refused", () => {
  it.each([...modules, ["dtype_policies", getPolicy] as const])("%s", (id, get) => {
    const known = new Set([...acceptedBy(id).flatMap(Object.keys), ...(onlyHere[id] ?? [])]);
    const tried = (newest.get(id)?.tried ?? newest.get("tried")!.tried).filter((name) => !known.has(name));
    expect(tried.length).toBeGreaterThan(10);
    expect(tried.filter((name) => foundBy(get as (identifier: string) => unknown, name) !== null)).toEqual(
      [],
    );
  });
});
