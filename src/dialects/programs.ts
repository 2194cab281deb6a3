import { type Dialect, NEWEST_DIALECT, OLDEST_DIALECT, type Range } from "./version.ts";

/** What loads models of Keras: Keras 3, the Keras of TensorFlow (`tf.keras`, and `tf_keras` beside Keras 3), TensorFlow.js. */
export type Program = "keras" | "tf_keras" | "tensorflow.js";

/** The versions of each that files are told of, the first and the last. */
const ranges: Readonly<Record<Program, Range>> = {
  keras: [OLDEST_DIALECT, NEWEST_DIALECT],
  tf_keras: [209, 215],
  "tensorflow.js": [422, 422],
};

/** All versions of a program, the oldest first, as numbers that compare. */
export function versionsOf(program: Program): Dialect[] {
  const [first, last] = ranges[program];
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

export const programs: readonly Program[] = ["keras", "tf_keras", "tensorflow.js"];

/** All versions of a program. */
export function everyVersion(program: Program): Range {
  return ranges[program];
}

/** All versions before one. */
export function before(program: Program, version: Dialect): Range {
  return [ranges[program][0], version - 1];
}

/** One and all that are newer. */
export function from(program: Program, version: Dialect): Range {
  return [version, ranges[program][1]];
}
