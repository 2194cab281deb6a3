import type { Engine } from "../engines/engine.ts";
import { flatten, type Nested } from "../graph/nested.ts";
import type { Value } from "../program/value.ts";
import type { Variable } from "../program/variable.ts";
import { holdOpen } from "./held-open.ts";
import { inTurn } from "./in-turn.ts";
import type { ModelParts } from "./model-parts.ts";
import { makeRunnable, type Run, type Runnable } from "./runnable.ts";
import { Seen } from "./seen.ts";
import { trace } from "./trace.ts";

/** How many sessions are kept for a model, for inputs of different specs. */
const MOST_SESSIONS = 16;

/** By the engine's name and the specs of the inputs; the one that was used last is the last. */
type Kept = Map<string, Session>;

const sessions = new WeakMap<ModelParts, Kept>();

/**
 * Compiles a model for inputs of these specs, or finds it compiled, and lends it to `use`, which also gets the
 * structure of the outputs. What is compiled is kept until the model changes, or others are used more; it is disposed
 * when it is not kept any more and all that it was lent to are done.
 */
export async function withSession<T>(
  model: ModelParts,
  specs: Nested<Value | null>,
  engine: Engine,
  use: (run: Run, structure: Nested<Value>) => Promise<T>,
): Promise<T> {
  const session = sessionFor(model, specs, engine);
  // Nothing is awaited before the session has its user, so that nobody disposes it in between.
  session.users++;
  try {
    return await session.lend((run) => use(run, session.structure));
  } finally {
    session.users--;
    session.disposeUnused();
  }
}

function sessionFor(model: ModelParts, specs: Nested<Value | null>, engine: Engine): Session {
  const kept = sessions.get(model) ?? keepSessions(model);
  const key = JSON.stringify([engine.name, flatten(specs).map((spec) => spec && [spec.shape, spec.dtype])]);
  const known = kept.get(key);
  const isFound = known?.engine === engine && known.isOfModel();
  const session = isFound ? known : new Session(model, specs, engine);
  const retire = (other: string, old: Session): void => {
    kept.delete(other);
    old.retire().catch(() => undefined);
  };
  if (isFound) kept.delete(key);
  else for (const [other, old] of kept) if (other === key || !old.isOfModel()) retire(other, old);
  kept.set(key, session);
  if (isFound) return session;
  session.runnable.catch(() => {
    if (kept.get(key) === session) kept.delete(key);
  });
  const [oldest] = kept;
  if (oldest && kept.size > MOST_SESSIONS) retire(oldest[0], oldest[1]);
  return session;
}

/** A place for a model's sessions, which its `dispose` empties. */
function keepSessions(model: ModelParts): Kept {
  const kept: Kept = new Map();
  sessions.set(model, kept);
  const close = async () => {
    sessions.delete(model);
    await Promise.all([...kept.values()].map((session) => session.retire()));
  };
  holdOpen(model, { close, isOfWeights: false });
  return kept;
}

/** A compiled model: kept until the model changes, disposed when its last user is done. */
class Session {
  readonly engine: Engine;
  readonly structure: Nested<Value>;
  readonly runnable: Promise<Runnable>;
  users = 0;
  /** The variables that a run changes. */
  readonly #changed: readonly Variable[];
  /** The variables that are only read, and their versions. */
  readonly #variables: readonly Variable[];
  readonly #versions: readonly number[];
  readonly #seen: Seen;
  #isKept = true;
  #settle: (disposal: Promise<void>) => void = () => {};
  readonly #disposed = new Promise<void>((resolve) => {
    this.#settle = resolve;
  });

  constructor(model: ModelParts, specs: Nested<Value | null>, engine: Engine) {
    const { program, structure } = trace(model, specs, { training: false });
    this.engine = engine;
    this.structure = structure;
    this.#changed = [...program.updates.keys()];
    this.#variables = [...program.variables.values()].filter((variable) => !program.updates.has(variable));
    this.#versions = this.#variables.map(({ version }) => version);
    this.#seen = new Seen(model);
    this.runnable = makeRunnable(program, engine);
  }

  /** Whether compiling the model now would give the same. */
  isOfModel(): boolean {
    return (
      this.#variables.every(({ version }, i) => version === this.#versions[i]) && this.#seen.isUnchanged()
    );
  }

  /** Lends it for runs that belong together, in the order they were asked for where they change variables. */
  async lend<T>(use: (run: Run) => Promise<T>): Promise<T> {
    const lend = async () => (await this.runnable).lend(use);
    return this.#changed.length > 0 ? inTurn(this.#changed, lend) : lend();
  }

  /** Says that it is not kept any more; gives when it is disposed. */
  retire(): Promise<void> {
    this.#isKept = false;
    this.disposeUnused();
    return this.#disposed;
  }

  /** Who has outputs does not wait for it, and hears nothing where the engine cannot free what it held. */
  disposeUnused(): void {
    if (this.#isKept || this.users > 0) return;
    const nothing = () => undefined;
    const disposal = this.runnable.then((runnable) => runnable.dispose(), nothing);
    disposal.catch(nothing);
    this.#settle(disposal);
  }
}
