import type { TestContext } from "vitest";

/** What a test can show of a name of Keras. */
export const aspects = [
  "text 3.6",
  "text newest",
  "made here",
  "shapes",
  "weights",
  "values",
  "values on ONNX Runtime",
  "masks",
  "training",
  "randomness",
  "files",
] as const;

export type Aspect = (typeof aspects)[number];

/** What one test was about, and whether it showed it. */
export interface Tried {
  /** A public name of Keras without `keras.`, as `layers.Dense`. */
  readonly name: string;
  readonly aspect: Aspect;
  passed: boolean;
}

declare module "vitest" {
  interface TaskMeta {
    tried?: Tried[];
  }
}

/**
 * Notes what a test shows of names, for the table of compatibility: `note(aspect, check)` runs a check, and counts it as
 * shown where it passes.
 */
export function noteFor({ task }: Pick<TestContext, "task">, ...names: readonly string[]) {
  return <T>(aspect: Aspect, check: () => T): T => {
    const tried = names.map((name): Tried => ({ name, aspect, passed: false }));
    task.meta.tried = [...(task.meta.tried ?? []), ...tried];
    const pass = () => {
      for (const each of tried) each.passed = true;
    };
    const done = check();
    if (done instanceof Promise) {
      return done.then((value) => {
        pass();
        return value;
      }) as T;
    }
    pass();
    return done;
  };
}

/** The aspect that a text of a Keras shows. */
export function textAspect(version: string): Aspect {
  return version === "3.6" ? "text 3.6" : "text newest";
}

export type Note = ReturnType<typeof noteFor>;
