import { inspect } from "node:util";
import type { Input } from "./reader.ts";

const mostShown = 6000;

/** An input as a program has it that is to be read again: bytes in base64, a value as it is written. */
export function showInput(input: Input): string {
  const text =
    input instanceof Uint8Array
      ? `Buffer.from("${Buffer.from(input).toString("base64")}", "base64") // ${input.length} bytes`
      : inspect(input, {
          depth: Infinity,
          maxArrayLength: Infinity,
          maxStringLength: Infinity,
          breakLength: 110,
        });
  return text.length <= mostShown ? text : `${text.slice(0, mostShown)}… (${text.length} characters)`;
}
