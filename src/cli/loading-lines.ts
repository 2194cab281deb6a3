import type { Loading } from "../check/index.ts";
import { printable } from "../json/printable.ts";

const names: Readonly<Record<Loading["program"], string>> = {
  keras: "Keras",
  tf_keras: "tf.keras",
  "tensorflow.js": "TensorFlow.js",
};

/** Versions one after the other of which the same is to be said. */
interface Run {
  readonly program: Loading["program"];
  readonly loads: Loading["loads"];
  readonly versions: string[];
  /** What stands against the newest of them, then against others. */
  against: readonly string[];
}

/** Which programs load a file: a line for those that do, and one for each run of versions that do not, with what stands against it. */
export function loadingLines(loads: readonly Loading[]): (readonly [label: string, text: string])[] {
  const runs: Run[] = [];
  for (const { program, versions, loads: isLoaded, against } of loads) {
    const before = runs.at(-1);
    if (before?.program === program && before.loads === isLoaded) {
      before.versions.push(...versions); // at most a few dozen: the versions of a program
      before.against = [...new Set([...against, ...before.against])];
    } else runs.push({ program, loads: isLoaded, versions: [...versions], against });
  }
  const loading = runs.filter((run) => run.loads === true).map(rangeOf);
  const lines: [string, string][] = loading.length > 0 ? [["loads in", loading.join("; ")]] : [];
  for (const run of runs) {
    if (run.loads === true) continue;
    const [first = "", ...others] = run.against;
    const more = others.length > 0 ? ` (and ${others.length} more)` : "";
    lines.push([run.loads === null ? "perhaps in" : "not in", `${rangeOf(run)}: ${printable(first)}${more}`]);
  }
  return lines;
}

/** `Keras 3.4 to 3.16` */
function rangeOf({ program, versions }: Run): string {
  const [first, last] = [versions[0], versions.at(-1)];
  return `${names[program]} ${first === last ? first : `${first} to ${last}`}`;
}
