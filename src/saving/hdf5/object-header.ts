import { Cursor } from "./cursor.ts";
import type { Spot } from "./spot.ts";
import { type Steps, wait } from "./steps.ts";

/** The types of header messages that are read; all others are passed over. */
export const messageType = {
  dataspace: 0x01,
  linkInfo: 0x02,
  datatype: 0x03,
  oldFillValue: 0x04,
  fillValue: 0x05,
  link: 0x06,
  externalFiles: 0x07,
  layout: 0x08,
  groupInfo: 0x0a,
  filters: 0x0b,
  attribute: 0x0c,
  continuation: 0x10,
  symbolTable: 0x11,
  attributeInfo: 0x15,
} as const;

const isRead: ReadonlySet<number> = new Set(Object.values(messageType));

const shareable: readonly number[] = [
  messageType.dataspace,
  messageType.datatype,
  messageType.fillValue,
  messageType.filters,
  messageType.attribute,
];

const lastKnownType = 0x18;

export interface Message {
  readonly type: number;
  readonly body: Cursor;
}

interface Block {
  readonly address: number;
  readonly length: number;
}

/** The messages of an object that are read, those of continuation blocks included. */
export function* readObjectHeader(spot: Spot, address: number): Steps<Message[]> {
  const head = yield* wait(Cursor.read(spot, address, 4, "an object header"));
  return head.u8() === 1 ? yield* readVersion1(spot, address) : yield* readVersion2(spot, address);
}

function* readVersion1(spot: Spot, address: number): Steps<Message[]> {
  const what = "an object header";
  const head = yield* wait(Cursor.read(spot, address, 16, what));
  head.skip(8);
  const { messages, blocks, add } = gathering();
  blocks.push({ address: address + 16, length: head.u32() });
  for (let block = blocks.pop(); block; block = blocks.pop()) {
    const cursor = yield* wait(Cursor.read(spot, block.address, block.length, what));
    while (cursor.remaining >= 8) {
      const type = cursor.u16();
      const size = cursor.u16();
      const flags = cursor.u8();
      cursor.skip(3);
      add(type, flags, cursor.part(size, nameOf(type)));
    }
  }
  return messages;
}

function* readVersion2(spot: Spot, address: number): Steps<Message[]> {
  const what = "an object header";
  const head = yield* wait(Cursor.read(spot, address, 6, what));
  head.signature("OHDR");
  head.expect("version", head.u8(), 2);
  const flags = head.u8();
  const skipped = (flags & 0x20 ? 16 : 0) + (flags & 0x10 ? 4 : 0);
  const sizeBytes = 1 << (flags & 3);
  const sizeAt = yield* wait(Cursor.read(spot, address + 6 + skipped, sizeBytes, what));
  const prefix = 6 + skipped + sizeBytes;
  const { messages, blocks, add } = gathering();
  blocks.push({ address, length: prefix + sizeAt.uint(sizeBytes) + 4 });
  for (let block = blocks.pop(), first = true; block; block = blocks.pop(), first = false) {
    const cursor = yield* wait(Cursor.read(spot, block.address, block.length, what));
    if (first) cursor.skip(prefix);
    else cursor.signature("OCHK");
    const headSize = flags & 4 ? 6 : 4;
    while (cursor.remaining >= 4 + headSize) {
      const type = cursor.u8();
      const size = cursor.u16();
      const messageFlags = cursor.u8();
      cursor.skip(headSize - 4);
      add(type, messageFlags, cursor.part(size, nameOf(type)));
    }
    cursor.skip(Math.max(cursor.remaining - 4, 0));
    cursor.checksum();
  }
  return messages;
}

/** What a message is called: one text for all of a type. */
function nameOf(type: number): string {
  const known = names.get(type);
  if (known !== undefined) return known;
  const made = `message ${type} of an object header`;
  names.set(type, made);
  return made;
}

const names = new Map<number, string>();

/**
 * What is gathered of a header: links and attributes, each counted, and of what there is one of the first. A header of
 * many megabytes may have a message in every 4 bytes.
 */
function gathering() {
  const messages: Message[] = [];
  const blocks: Block[] = [];
  const found = new Set<number>();
  const add = (type: number, flags: number, body: Cursor): void => {
    if (type === messageType.continuation) {
      blocks.push({ address: body.address(), length: body.length() });
      return;
    }
    if (type > lastKnownType && flags & 0x80) {
      throw body.error(`expected header messages of known types, received type ${type}.`);
    }
    if (flags & 2 && shareable.includes(type)) {
      throw body.error(
        "expected an object that stands for itself, received one that shares a committed datatype.",
      );
    }
    if (type === messageType.link || type === messageType.attribute) body.spot.count(1);
    else if (!isRead.has(type) || found.has(type)) return;
    else found.add(type);
    messages.push({ type, body });
  };
  return { messages, blocks, add };
}

/** The first message of a type. */
export function findMessage(messages: readonly Message[], type: number): Cursor | undefined {
  for (const message of messages) if (message.type === type) return message.body;
  return undefined;
}
