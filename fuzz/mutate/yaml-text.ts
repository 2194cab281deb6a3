import type { Random } from "../random.ts";
import { mutateText } from "./json-text.ts";
import { hostileNames } from "./vocabulary.ts";

/** What YAML may have in it and what it may not. */
const snippets: readonly string[] = [
  "!!python/tuple",
  "!!python/object/apply:os.system [id]",
  "!!python/object/apply:numpy.core.multiarray.scalar",
  "!!python/object/apply:numpy.dtype",
  "!!python/unicode 'a'",
  "!!python/name:os.system ''",
  "!!binary AACAPw==",
  "!!int 1",
  "!!set {a}",
  "!<tag:yaml.org,2002:python/long> 3",
  "! a",
  "!",
  "&a",
  "&a [1, 2]",
  "*a",
  "*nobody",
  "<<: *a",
  "? a",
  ": a",
  "- ",
  "- - - ",
  "[",
  "]",
  "{",
  "}",
  "{a: 1}",
  ", ",
  "|",
  ">-",
  "# x",
  "---\n",
  "...\n",
  "%YAML 1.2\n---\n",
  "%TAG ! tag:yaml.org,2002:\n---\n",
  "~",
  "null",
  "yes",
  "1.0",
  "-0.0",
  "1e5",
  "1_0",
  "0x_",
  "0_",
  "017",
  ".nan",
  "-.inf",
  "1:30",
  "2001-01-01",
  "123456789012345678901234567890",
  "'",
  '"',
  '"\\ud800"',
  '"\\x00"',
  "\t",
  "\u0000",
  "\ufeff",
  "\u2028",
  "\u0085",
  "@",
  "`",
];

/** Changes a text of YAML: what a line says, how far it is indented, how often it is there. */
export function mutateYaml(seed: string, random: Random): string {
  if (random.once(8)) return mutateText(seed, random);
  let lines = seed.split("\n");
  for (let left = random.few(); left > 0; left--) {
    const at = random.below(lines.length);
    const line = lines[at] ?? "";
    const end = Math.min(lines.length, at + random.pick([1, 1, 3, 20]));
    const place = random.below(line.length + 1);
    const other = random.pick(lines);
    const set = (text: string) => lines.toSpliced(at, 1, text);
    lines = random.pick<() => string[]>([
      () => lines.toSpliced(at, end - at),
      () => lines.toSpliced(random.below(lines.length), 0, ...lines.slice(at, end)), // at most 20
      () => set(line.replace(/(?<=: |- ).*/, () => random.pick(snippets))),
      () => set(line.replace(/(?<=: |- ).*/, () => random.pick(snippets))),
      () => set(line.replace(/(?<=: |- )/, () => `${random.pick(snippets)} `)),
      () => set(line.replace(/(?<=: |- ).*/, () => other.trim())),
      () => set(line.replace(/\S+(?=:)/, () => random.pick([...hostileNames, other.trim()]))),
      () => set(line.slice(0, place) + random.pick(snippets) + line.slice(place)),
      () => set(`  ${line}`),
      () => set(line.slice(2)),
      () => set(line.trimStart()),
      () =>
        set(
          `${line.slice(0, place)}${random.pick(["[", "{a: ", "- ", "&a [*a, "]).repeat(random.pick([3, 500, 20_000]))}`,
        ),
      () => set(`${/^ */.exec(line)?.[0] ?? ""}${other.trim()}`),
    ])();
  }
  return lines.join("\n");
}
