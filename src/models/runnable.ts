import type { Engine, StatefulEngine } from "../engines/engine.ts";
import { EngineError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";
import type { Program } from "../program/primitives.ts";
import { checkRoom } from "../program/room.ts";
import type { Variable } from "../program/variable.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** Computes the outputs for one batch. */
export type Run = (inputs: readonly Tensor[]) => Promise<Tensor[]>;

/** A program on an engine. */
export interface Runnable {
  /**
   * Lends it for runs that belong together. What they change is in the variables afterwards; nobody else may change
   * those meanwhile.
   */
  lend<T>(use: (run: Run) => Promise<T>): Promise<T>;
  dispose(): void | Promise<void>;
}

/** Makes a program ready to run, with the values that the variables it only reads have now. */
export async function makeRunnable(program: Program, engine: Engine): Promise<Runnable> {
  const { updates } = program;
  const changed = [...updates.keys()];
  if (changed.length > 0 && !isStateful(engine)) {
    const paths = inspect(changed.map(({ path }) => path));
    throw new EngineError(
      "predict",
      `expected an engine that can hold what a program changes, because the model changes ${paths}, received ${inspect(engine.name)}.`,
    );
  }
  const complete = await withWeights(program);
  if (changed.length === 0 || !isStateful(engine)) {
    const executable = await engine.compile(complete);
    return {
      lend: (use) => use((inputs) => executable.run(inputs)),
      dispose: () => executable.dispose(),
    };
  }
  const held = await engine.hold(complete);
  const lend = async <T>(use: (run: Run) => Promise<T>): Promise<T> => {
    await loadAll(changed);
    try {
      return await use((inputs) => held.run(inputs));
    } finally {
      await held.writeBack();
    }
  };
  return { lend, dispose: () => held.dispose() };
}

function isStateful(engine: Engine): engine is StatefulEngine {
  return "hold" in engine && typeof engine.hold === "function";
}

/**
 * The program with the values that the variables it only reads have now: what they are assigned while others are still
 * read is not mixed in. Those it changes stay variables, with their values in memory.
 */
async function withWeights(program: Program): Promise<Program> {
  const { updates } = program;
  checkRoom(program.variables.values());
  const variables = [...program.variables];
  const isChanged = ([, variable]: readonly [unknown, Variable]) => updates.has(variable);
  const [weights] = await Promise.all([
    Promise.all(
      variables
        .filter((entry) => !isChanged(entry))
        .map(async ([value, variable]) => [value, await variable.load()] as const),
    ),
    loadAll([...updates.keys()]),
  ]);
  return {
    ...program,
    constants: new Map([...program.constants, ...weights]),
    variables: new Map(variables.filter(isChanged)),
  };
}

async function loadAll(variables: readonly Variable[]): Promise<void> {
  await Promise.all(variables.map((variable) => variable.load()));
}
