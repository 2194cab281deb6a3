import { Message } from "../../src/engines/onnx/protobuf.ts";
import { Budget } from "../../src/saving/budget.ts";
import { crc32c, maskedCrc } from "../../src/saving/saved-model/crc32c.ts";
import { graphKey } from "../../src/saving/saved-model/object-graph.ts";
import { fieldsOf } from "../../src/saving/saved-model/protobuf.ts";
import { table } from "../../src/saving/saved-model/table.fixture.ts";
import { tableEntries } from "../../src/saving/saved-model/table.ts";
import type { Random } from "../random.ts";
import { joined, mutateBytes } from "./bytes.ts";
import { mutateProtobuf } from "./protobuf.ts";

/** The two files of a checkpoint. */
export interface CheckpointFiles {
  readonly index: Uint8Array;
  readonly data: Uint8Array;
}

type Entries = [string, Uint8Array][];

/** Changes a checkpoint: what its index says, what its graph of objects says, or bytes; sums are right again where they can be. */
export function mutateCheckpoint({ index, data }: CheckpointFiles, random: Random): CheckpointFiles {
  const kind = random.below(10);
  if (kind === 0) return { index: mutateBytes(index, random), data };
  if (kind === 1) return { index, data: mutateBytes(data, random) };
  const entries = entriesOf(index);
  if (!entries) return { index: mutateBytes(index, random), data };
  if (kind < 6) return withGraph(entries, data, random);
  for (let left = random.few(); left > 0; left--) {
    const entry = random.pick(entries);
    random.pick<() => unknown>([
      () => entries.splice(entries.indexOf(entry), 1),
      () => entries.push([...entry]),
      () => Object.assign(entry, [random.pick(["", "a", graphKey, random.pick(entries)[0]])]),
      () => Object.assign(entry, [entry[0], random.pick(entries)[1]]),
      ...Array.from(
        { length: 6 },
        () => () => Object.assign(entry, [entry[0], mutateProtobuf(entry[1], random)]),
      ),
    ])();
    if (entries.length === 0) break;
  }
  return { index: table(entries), data };
}

/** The entries of an index; null where it was changed before and is none any more. */
function entriesOf(index: Uint8Array): Entries | null {
  try {
    return [...tableEntries(index, "index", new Budget(index.length))].map(({ key, value }) => [
      new TextDecoder().decode(key),
      value,
    ]);
  } catch {
    return null;
  }
}

/** A changed graph stands behind all other tensors. */
function withGraph(entries: Entries, data: Uint8Array, random: Random): CheckpointFiles {
  const entry = entries.find(([key]) => key === graphKey);
  if (!entry) return { index: table(entries), data };
  const [offset, size] = placeIn(entry[1]);
  const stored = data.subarray(offset, offset + size);
  const graph = mutateProtobuf(stored.subarray(stored.findIndex((byte) => byte < 0x80) + 5), random);
  const length = new Uint8Array(Uint32Array.of(graph.length).buffer);
  const sumOfLength = new Uint8Array(Uint32Array.of(maskedCrc(crc32c(length))).buffer);
  const written = joined(varint(graph.length), sumOfLength, graph);
  const crc = maskedCrc(crc32c(graph, crc32c(sumOfLength, crc32c(length))));
  const start = new Message()
    .int(1, 7)
    .message(2, new Message())
    .int(4, data.length)
    .int(5, written.length)
    .finish();
  entry[1] = joined(start, Uint8Array.of(0x35), new Uint8Array(Uint32Array.of(crc).buffer));
  return { index: table(entries), data: joined(data, written) };
}

/** Where an entry says that its tensor is. */
function placeIn(entry: Uint8Array): readonly [offset: number, size: number] {
  try {
    const fields = [...fieldsOf(entry, "entry")];
    const [offset = 0, size = 0] = [4, 5].map(
      (wanted) => fields.find(({ number }) => number === wanted)?.integer,
    );
    return [offset, size];
  } catch {
    return [0, 0];
  }
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let left = value; ; left = Math.floor(left / 128)) {
    bytes.push((left % 128) + (left < 128 ? 0 : 128));
    if (left < 128) return Uint8Array.from(bytes);
  }
}
