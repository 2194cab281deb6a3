/** Arithmetic of unsigned 64-bit words, as C has it. */
export function word(x: bigint): bigint {
  return BigInt.asUintN(64, x);
}

export function rotateRight(x: bigint, by: bigint): bigint {
  return word((x >> by) | (x << (64n - by)));
}

export function rotateLeft(x: bigint, by: bigint): bigint {
  return word((x << by) | (x >> (64n - by)));
}

const encoder = new TextEncoder();

/** The bytes of a text in UTF-8. */
export function bytesOf(text: string): DataView {
  const { buffer, byteOffset, byteLength } = encoder.encode(text);
  return new DataView(buffer, byteOffset, byteLength);
}
