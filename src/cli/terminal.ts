import { randomUUID } from "node:crypto";
import { printable } from "../json/printable.ts";
import type { Output } from "./io.ts";

const colors = { red: "[31m", yellow: "[33m", green: "[32m" } as const;
const noColor = "[39m";

export type Color = keyof typeof colors;

/** Stands for the escape character in front of a color; no file can know it. */
const seal = randomUUID();

/** A text in a color, for `harmless` to let through. */
export function painted(color: Color, text: string): string {
  return seal + colors[color] + text + seal + noColor;
}

/**
 * An output that lets no text move the cursor, reorder a line or do anything else to a terminal, whatever was forgotten
 * on the way: all but line breaks, tabs and what `painted` made becomes `\u001b`, which is the same text in JSON. Bytes
 * pass as they are.
 */
export function harmless(output: Output): Output {
  return {
    isTTY: output.isTTY,
    columns: output.columns,
    write: (data) => output.write(typeof data === "string" ? harmlessText(data) : data),
  };
}

function harmlessText(text: string): string {
  const parts = text.split(seal).map((part) => part.replace(/[^\n\t]+/g, printable));
  return parts.join("\u001b");
}
