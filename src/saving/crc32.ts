import { crcTables, sumBytes } from "./crc-tables.ts";

const tables = /* @__PURE__ */ crcTables(0xedb88320);

/** The CRC-32 of ZIP over `bytes`, carried on from `previous` where they continue other bytes. */
export function crc32(bytes: Uint8Array, previous = 0): number {
  if (bytes.length >= worthACall) {
    platform ??= platformCrc();
    if (platform) return platform(bytes, previous);
  }
  return crc32InScript(bytes, previous);
}

/** Bytes fewer than these are summed faster than the platform is called. */
const worthACall = 1024;
type Crc = (bytes: Uint8Array, previous: number) => number;
let platform: Crc | null | undefined;

/** What Node, Deno and Bun have, an order of magnitude faster; pages have none. */
function platformCrc(): Crc | null {
  const { process } = globalThis as {
    readonly process?: { readonly getBuiltinModule?: (name: string) => { readonly crc32?: Crc } | undefined };
  };
  return process?.getBuiltinModule?.("node:zlib")?.crc32 ?? null;
}

export function crc32InScript(bytes: Uint8Array, previous: number): number {
  return sumBytes(tables, bytes, previous);
}

/** A CRC as messages show it. */
export function formatCrc(crc: number): string {
  return crc.toString(16).padStart(8, "0");
}
