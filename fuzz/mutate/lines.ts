import type { Random } from "../random.ts";
import { hostileNames } from "./vocabulary.ts";

const strange = [
  "",
  " ",
  "-1",
  "9223372036854775808",
  "1.5",
  "[UNK]",
  "+3",
  "0x10",
  "NaN",
  "\ufeff",
  "\u2028",
];

/** Changes a text of lines, such as a vocabulary: what a line says, how often it is there, where it ends. */
export function mutateLines(seed: string, random: Random): string {
  let lines = seed.split("\n");
  for (let left = random.few(); left > 0; left--) {
    const at = random.below(lines.length + 1);
    const end = Math.min(lines.length, at + random.pick([1, 1, 2, 1000]));
    lines = random.pick<() => string[]>([
      () => lines.toSpliced(at, end - at),
      () => lines.toSpliced(at, 0, random.pick(strange)),
      () => lines.toSpliced(at, 1, random.pick(hostileNames)),
      () => lines.toSpliced(at, 0, random.pick(lines.length > 0 ? lines : [""])),
      () => lines.toSpliced(at, 0, ...Array.from({ length: 3000 }, (_, i) => `${i}`)), // at most 3000
      () => lines.toReversed(),
      () => lines.map((line) => `${line}\r`),
      () => lines.map((line) => `${line}\n`),
      () => lines.toSpliced(at, 0, "x".repeat(2 ** 20)),
    ])();
  }
  return lines.join("\n");
}
