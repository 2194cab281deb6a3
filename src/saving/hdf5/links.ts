import { quote } from "../../json/quote.ts";
import { BTree1 } from "./btree1.ts";
import { Cursor } from "./cursor.ts";
import { ExternalData } from "./external-data.ts";
import { compareNames } from "./name-order.ts";
import { findMessage, type Message, messageType } from "./object-header.ts";
import type { Spot } from "./spot.ts";
import { type Steps, wait } from "./steps.ts";

/** A name in a group, and where its object is. */
export interface Link {
  readonly name: string;
  readonly address: number;
  /** Where the link stands in the order of creation, where the group keeps that. */
  readonly order?: number;
}

const softLink = "expected objects of this file, received a soft link, which is not followed.";
const externalLink = "expected objects of this file, received a link out of it, which is not followed.";

export function isGroup(messages: readonly Message[]): boolean {
  return messages.some(
    ({ type }) =>
      type === messageType.symbolTable || type === messageType.linkInfo || type === messageType.groupInfo,
  );
}

/**
 * A group's links: in order of creation where the group keeps it, else by name, as h5py lists them. Where only one name
 * is wanted, others may be left out.
 */
export function* readLinks(spot: Spot, messages: readonly Message[], wanted?: string): Steps<Link[]> {
  const table = findMessage(messages, messageType.symbolTable);
  const links = table ? yield* readSymbolTable(table, wanted) : yield* readNewLinks(messages);
  const names = new Set<string>();
  for (const { name } of links) {
    if (names.has(name)) throw spot.error(`expected different names, received ${quote(name)} twice.`);
    if (name === "" || name === "." || name.includes("/")) {
      throw spot.error(`expected names of objects, received ${quote(name)}.`);
    }
    names.add(name);
  }
  return links;
}

function* readNewLinks(messages: readonly Message[]): Steps<Link[]> {
  const links = messages
    .filter((message) => message.type === messageType.link)
    .map((message) => readLink(message.body));
  const info = findMessage(messages, messageType.linkInfo);
  if (info) {
    const { readDenseLinks } = yield* wait(import("./dense.ts"));
    for (const message of yield* wait(readDenseLinks(info))) links.push(readLink(message));
  }
  if (links.every((link) => link.order !== undefined)) return links.sort((a, b) => a.order! - b.order!);
  return links.sort((a, b) => compareNames(a.name, b.name));
}

function readLink(cursor: Cursor): Link {
  cursor.expect("version", cursor.u8(), 1);
  const flags = cursor.u8();
  const type = flags & 8 ? cursor.u8() : 0;
  const order = flags & 4 ? cursor.uint(8) : undefined;
  if (flags & 16) cursor.skip(1);
  const name = cursor.text(cursor.uint(1 << (flags & 3)));
  const named = cursor.spot.at(name);
  if (type === 1) throw named.error(softLink);
  if (type === 64) throw named.error(externalLink, ExternalData);
  cursor.expect("type", type, 0);
  const address = cursor.address();
  return order === undefined ? { name, address } : { name, address, order };
}

function* readSymbolTable(table: Cursor, wanted: string | undefined): Steps<Link[]> {
  const { spot } = table;
  const { offsetSize, lengthSize } = spot.file;
  const tree = table.address();
  const names = yield* readLocalHeap(spot, table.address());
  const links: Link[] = [];
  const covers = (left: Cursor, right: Cursor) =>
    compareNames(nameAt(names, left.length()), wanted!) < 0 &&
    compareNames(wanted!, nameAt(names, right.length())) <= 0;
  const form = { type: "group", keySize: lengthSize } as const;
  const nodes = new BTree1(spot, tree, form, wanted === undefined ? undefined : covers);
  for (let leaf = yield* nodes.next(); leaf; leaf = yield* nodes.next()) {
    const { address } = leaf;
    const head = yield* wait(Cursor.read(spot, address, 8, "a group's node"));
    head.signature("SNOD");
    head.expect("version", head.u8(), 1);
    head.skip(1);
    const entries = head.u16();
    spot.count(entries);
    const length = entries * (2 * offsetSize + 24);
    const node = yield* wait(Cursor.read(spot, address + 8, length, "a group's node"));
    for (let i = 0; i < entries; i++) {
      const name = nameAt(names, node.uint(offsetSize));
      const object = node.optionalAddress();
      const cacheType = node.u32();
      node.skip(20);
      if (cacheType === 2) throw spot.at(name).error(softLink);
      if (object === undefined) throw node.error(`expected the address of ${quote(name)}, received none.`);
      links.push({ name, address: object });
    }
  }
  return links;
}

function* readLocalHeap(spot: Spot, address: number): Steps<Cursor> {
  const { offsetSize, lengthSize } = spot.file;
  const head = yield* wait(Cursor.read(spot, address, 8 + 2 * lengthSize + offsetSize, "a group's heap"));
  head.signature("HEAP");
  head.expect("version", head.u8(), 0);
  head.skip(3);
  const size = head.length();
  head.skip(lengthSize);
  return yield* wait(Cursor.read(spot, head.address(), size, "a group's names"));
}

function nameAt(names: Cursor, offset: number): string {
  names.position = Math.min(offset, names.size);
  const length = names.toNul();
  if (length === undefined) {
    throw names.error(`expected a name in ${names.what}, received offset ${offset}.`);
  }
  return names.text(length);
}
