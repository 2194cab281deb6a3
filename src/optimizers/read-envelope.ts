import type { Problems } from "../fields/problems.ts";
import { currentReading, runReading } from "../fields/reading.ts";
import { deserialize } from "../registry/deserialize.ts";

/** What an envelope stands for, in the scope there is; anything else as it is. */
export function readEnvelope(input: unknown, { path }: Problems): unknown {
  if (typeof input !== "object" || input === null || !("class_name" in input)) return input;
  const reading = currentReading();
  if (!reading) return deserialize(input, { path });
  return runReading({ ...reading, path }, () => reading.resolver.deserialize(input));
}
