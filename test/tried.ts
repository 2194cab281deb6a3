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
 * Notes what a test shows of a name, for the table of compatibility: `note(aspect, check)` runs a check, and counts it as
 * shown where it passes.
 */
export function noteFor({ task }: Pick<TestContext, "task">, name: string) {
  return <T>(aspect: Aspect, check: () => T): T => {
    const tried: Tried = { name, aspect, passed: false };
    task.meta.tried = [...(task.meta.tried ?? []), tried];
    const done = check();
    if (!(done instanceof Promise)) {
      tried.passed = true;
      return done;
    }
    return done.then((value) => {
      tried.passed = true;
      return value;
    }) as T;
  };
}

export type Note = ReturnType<typeof noteFor>;
