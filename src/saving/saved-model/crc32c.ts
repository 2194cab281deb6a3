import { crcTables, sumBytes } from "../crc-tables.ts";

const tables = /* @__PURE__ */ crcTables(0x82f63b78);

/** The CRC-32C (Castagnoli) of bytes, carried on from `previous` where they continue others. */
export function crc32c(bytes: Uint8Array, previous = 0): number {
  return sumBytes(tables, bytes, previous);
}

/** A CRC-32C as TensorFlow stores it: turned by 15 bits and moved, because what it sums up may hold such sums itself. */
export function maskedCrc(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
