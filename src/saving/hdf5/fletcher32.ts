/** HDF5's Fletcher checksum of a chunk: over big-endian 16-bit words. */
export function fletcher32(bytes: Uint8Array): number {
  let low = 0;
  let high = 0;
  const even = bytes.length - (bytes.length % 2);
  for (let at = 0; at < even; ) {
    const end = Math.min(at + 720, even);
    for (; at < end; at += 2) {
      low += (bytes[at]! << 8) | bytes[at + 1]!;
      high += low;
    }
    low = fold(low);
    high = fold(high);
  }
  if (even < bytes.length) {
    low = fold(low + (bytes[even]! << 8));
    high = fold(high + low);
  }
  return fold(high) * 0x10000 + fold(low);
}

function fold(sum: number): number {
  return (sum & 0xffff) + (sum >>> 16);
}
