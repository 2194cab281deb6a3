import { cellWidth } from "../models/cell-width.ts";

/** Widths of letters in a sans-serif font, as parts of its size; a little more than most fonts have. */
const widths: readonly (readonly [letters: RegExp, width: number])[] = [
  [/[ijl.,:;'|!]/, 0.31],
  [/[frtI()[\]{}/\\ -]/, 0.4],
  [/[mwMW@%]/, 0.92],
  [/[A-Z]/, 0.71],
  [/[ -~]/, 0.62],
];

const known = new Map<string, number>();

/** About how wide a text is, in pixels. */
export function textWidth(text: string, size: number, isBold = false): number {
  let width = 0;
  for (const character of text) width += widthOf(character);
  return width * size * (isBold ? 1.12 : 1);
}

function widthOf(character: string): number {
  const width = known.get(character);
  if (width !== undefined) return width;
  const found = widths.find(([letters]) => letters.test(character))?.[1] ?? 0.62 * cellWidth(character);
  if (known.size < 1000) known.set(character, found);
  return found;
}
