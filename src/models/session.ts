import type { Engine, Executable } from "../engines/engine.ts";
import { flatten, type Nested } from "../graph/nested.ts";
import type { Layer } from "../layers/layer.ts";
import type { Program } from "../program/primitives.ts";
import type { Value } from "../program/value.ts";
import type { Variable } from "../program/variable.ts";
import type { ModelParts } from "./model-parts.ts";
import { trace } from "./trace.ts";

/** A model made ready to run. */
export interface Compiled {
  readonly executable: Executable;
  /** The structure of the outputs, whose leaves the executable gives first. */
  readonly structure: Nested<Value>;
}

/** By the engine's name and the specs of the inputs. */
type Kept = Map<string, Session>;

const sessions = new WeakMap<ModelParts, Kept>();

/**
 * Compiles a model for inputs of these specs, or finds it compiled, and lends it to `use`. What is compiled is kept
 * until the model changes; it is disposed when it is not kept any more and all that it was lent to are done.
 */
export async function withSession<T>(
  model: ModelParts,
  specs: Nested<Value | null>,
  engine: Engine,
  use: (compiled: Compiled) => Promise<T>,
): Promise<T> {
  const kept: Kept = sessions.get(model) ?? new Map();
  sessions.set(model, kept);
  const key = JSON.stringify([engine.name, flatten(specs).map((spec) => spec && [spec.shape, spec.dtype])]);
  const known = kept.get(key);
  // Nothing is awaited before the session has its user, so that nobody disposes it in between.
  const session = known?.isOf(engine) ? known : new Session(model, specs, engine);
  session.users++;
  try {
    if (session !== known) {
      kept.set(key, session);
      session.compiled.catch(() => {
        if (kept.get(key) === session) kept.delete(key);
      });
      await known?.retire();
    }
    return await use(await session.compiled);
  } finally {
    session.users--;
    await session.disposeUnused();
  }
}

/** A compiled model: kept until the model changes, disposed when its last user is done. */
class Session {
  readonly compiled: Promise<Compiled>;
  users = 0;
  readonly #engine: Engine;
  readonly #variables: readonly Variable[];
  readonly #versions: readonly number[];
  readonly #seen: readonly Seen[];
  #isKept = true;

  constructor(model: ModelParts, specs: Nested<Value | null>, engine: Engine) {
    const { program, structure } = trace(model, specs, { training: false });
    this.#engine = engine;
    this.#variables = [...program.variables.values()];
    this.#versions = this.#variables.map(({ version }) => version);
    this.#seen = look(model);
    this.compiled = withWeights(program)
      .then((complete) => engine.compile(complete))
      .then((executable) => ({ executable, structure }));
  }

  /** Whether compiling the model now would give the same. */
  isOf(engine: Engine): boolean {
    if (engine !== this.#engine) return false;
    if (this.#variables.some(({ version }, i) => version !== this.#versions[i])) return false;
    return this.#seen.every(isUnchanged);
  }

  /** Says that it is not kept any more. */
  async retire(): Promise<void> {
    this.#isKept = false;
    await this.disposeUnused();
  }

  async disposeUnused(): Promise<void> {
    if (this.#isKept || this.users > 0) return;
    const { executable } = await this.compiled;
    await executable.dispose();
  }
}

/**
 * The program with the values that its variables have now: what they are assigned while others are still read is not
 * mixed in.
 */
async function withWeights(program: Program): Promise<Program> {
  const weights = await Promise.all(
    [...program.variables].map(async ([value, variable]) => [value, await variable.load()] as const),
  );
  return { ...program, constants: new Map([...program.constants, ...weights]), variables: new Map() };
}

/** What a trace reads of a layer beside variables. */
interface Seen {
  readonly layer: Layer;
  readonly properties: readonly unknown[];
  readonly sublayers: readonly Layer[];
}

/** A model and all layers inside, as they are now. */
function look(model: ModelParts): Seen[] {
  const layers = new Set<Layer>([model]);
  const seen: Seen[] = [];
  for (const layer of layers) {
    const sublayers = layer.sublayers();
    for (const inner of sublayers) layers.add(inner);
    seen.push({ layer, properties: Object.values(layer), sublayers });
  }
  return seen;
}

function isUnchanged({ layer, properties, sublayers }: Seen): boolean {
  return sameItems(Object.values(layer), properties) && sameItems(layer.sublayers(), sublayers);
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, i) => Object.is(item, b[i]));
}
