import type { Random } from "../random.ts";
import { joined, mutateBytes } from "./bytes.ts";
import { readNumber } from "./extremes.ts";

const descriptions: readonly string[] = [
  "'<f4'",
  "'>f8'",
  "'|b1'",
  "'<f2'",
  "'<i8'",
  "'|u1'",
  "'<f3'",
  "'|O'",
  "'<U4'",
  "'<c8'",
  "'=i4'",
  "'!i4'",
  "''",
  "None",
  "4",
  "[('a', '<f4')]",
  "'<f4",
  "'<M8[ns]'",
  "'|V2'",
  "'\\x1b'",
];
const shapes: readonly string[] = [
  "()",
  "(0,)",
  "(1,)",
  "(2, 3)",
  "(2, 3,)",
  "(-1,)",
  "(4294967296,)",
  "(9007199254740993,)",
  "(0, 99999999999)",
  "(1e3,)",
  "(2.0,)",
  "(2",
  "3",
  "[2, 3]",
  "(None,)",
  "(True,)",
  "(1L,)",
  "('a',)",
  `(${"1, ".repeat(3000)})`,
  `(${"2, ".repeat(70)})`,
  "(65536, 65536, 65536, 65536)",
];
const orders: readonly string[] = ["True", "False", "0", "None", "'True'", "true"];

/** Changes what a `.npy` file says of itself, or bytes. */
export function mutateNpy(seed: Uint8Array, random: Random): Uint8Array {
  if (random.once(3)) return mutateBytes(seed, random);
  const header = changedHeader(headerOf(seed), random);
  const version = random.once(5)
    ? random.pick([
        [2, 0],
        [3, 0],
        [1, 1],
        [0, 0],
        [255, 255],
      ])
    : [1, 0];
  const bytes = new TextEncoder().encode(header);
  const said = bytes.length + (random.once(8) ? random.between(-40, 40) : 0);
  const length = [
    said & 0xff,
    (said >> 8) & 0xff,
    ...(version[0] === 1 ? [] : [0, random.once(8) ? 255 : 0]),
  ];
  const data = seed.subarray(10 + readNumber(seed, 8, 2));
  const whole = joined(seed.subarray(0, 6), Uint8Array.from([...version, ...length]), bytes, data);
  return random.once(6) ? mutateBytes(whole, random) : whole;
}

function headerOf(seed: Uint8Array): string {
  return new TextDecoder("latin1").decode(seed.subarray(10, 10 + readNumber(seed, 8, 2)));
}

function changedHeader(header: string, random: Random): string {
  let text = header;
  for (let left = random.few(); left > 0; left--) {
    const at = random.below(text.length);
    text = random.pick([
      () => text.replace(/('descr': )[^,]*/, (_, key: string) => key + random.pick(descriptions)),
      () => text.replace(/('shape': )\([^)]*\)/, (_, key: string) => key + random.pick(shapes)),
      () => text.replace(/('shape': )\([^)]*\)/, (_, key: string) => key + random.pick(shapes)),
      () => text.replace(/(order': )\w+/, (_, key: string) => key + random.pick(orders)),
      () => text.replace(/'\w+':/, random.pick(["", "'x':", "'shape':", "'descr':", "'__proto__':"])),
      () => text.slice(0, at),
      () => text.slice(0, at) + random.pick([" ", "\n", "'", "}", ",", "\0", "é", "x"]) + text.slice(at),
      () => text.replace("{", "{{"),
      () => text + " ".repeat(random.pick([1, 70, 3000])),
    ])();
  }
  return text;
}
