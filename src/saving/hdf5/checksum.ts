/** Bob Jenkins's lookup3 hash, the checksum of HDF5's newer metadata. */
export function lookup3(bytes: Uint8Array): number {
  let length = bytes.length;
  let at = 0;
  let a = (0xdeadbeef + length) | 0;
  let b = a;
  let c = a;
  const word = (from: number) =>
    (bytes[from] ?? 0) |
    ((bytes[from + 1] ?? 0) << 8) |
    ((bytes[from + 2] ?? 0) << 16) |
    ((bytes[from + 3] ?? 0) << 24);
  while (length > 12) {
    a = (a + word(at)) | 0;
    b = (b + word(at + 4)) | 0;
    c = (c + word(at + 8)) | 0;
    a = ((a - c) | 0) ^ rotate(c, 4);
    c = (c + b) | 0;
    b = ((b - a) | 0) ^ rotate(a, 6);
    a = (a + c) | 0;
    c = ((c - b) | 0) ^ rotate(b, 8);
    b = (b + a) | 0;
    a = ((a - c) | 0) ^ rotate(c, 16);
    c = (c + b) | 0;
    b = ((b - a) | 0) ^ rotate(a, 19);
    a = (a + c) | 0;
    c = ((c - b) | 0) ^ rotate(b, 4);
    b = (b + a) | 0;
    at += 12;
    length -= 12;
  }
  if (length === 0) return c >>> 0;
  a = (a + word(at)) | 0;
  b = (b + word(at + 4)) | 0;
  c = (c + word(at + 8)) | 0;
  c = ((c ^ b) - rotate(b, 14)) | 0;
  a = ((a ^ c) - rotate(c, 11)) | 0;
  b = ((b ^ a) - rotate(a, 25)) | 0;
  c = ((c ^ b) - rotate(b, 16)) | 0;
  a = ((a ^ c) - rotate(c, 4)) | 0;
  b = ((b ^ a) - rotate(a, 14)) | 0;
  c = ((c ^ b) - rotate(b, 24)) | 0;
  return c >>> 0;
}

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

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}

function fold(sum: number): number {
  return (sum & 0xffff) + (sum >>> 16);
}
