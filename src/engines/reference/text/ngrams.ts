import type { Kernel } from "../kernel.ts";
import { RaggedRows, textsOf } from "./texts-of.ts";

export const ngrams: Kernel<"ngrams"> = ([x], { widths, isPadded }) => {
  const texts = textsOf(x!);
  const places = x!.data as Int32Array;
  const length = x!.shape.at(-1)!;
  const rows = new RaggedRows();
  for (let start = 0; start < places.length; start += length) {
    const row = Array.from(places.subarray(start, start + length), (place) => texts[place]!);
    if (isPadded) row.length = row.findLastIndex((text) => text !== "") + 1;
    rows.add(widths.flatMap((width) => windows(row, width)));
  }
  return [rows.toTensor(x!.shape.slice(0, -1))];
};

function windows(row: readonly string[], width: number): string[] {
  const count = Math.max(0, row.length - width + 1);
  return Array.from({ length: count }, (_, i) => row.slice(i, i + width).join(" "));
}
