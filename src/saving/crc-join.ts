const polynomial = 0xedb88320;

/** The CRC-32 of two pieces of bytes together, by the CRC of each and the length of the second. */
export function joinCrcs(first: number, second: number, secondLength: number): number {
  return (product(zerosBehind(secondLength), first) ^ second) >>> 0;
}

// A CRC is a polynomial over two numbers modulo another one, its highest power in the lowest bit. Bytes that follow
// multiply what was before them by x to the power of their bits.

function zerosBehind(bytes: number): number {
  let power = 0x80000000; // x to the power of 0
  let square = 0x40000000; // x
  for (let i = 0; i < 3; i++) square = product(square, square); // of 8 bits
  for (let rest = bytes; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) power = product(square, power);
    square = product(square, square);
  }
  return power;
}

function product(a: number, b: number): number {
  let sum = 0;
  let factor = b;
  for (let bit = 0x80000000; bit !== 0; bit >>>= 1) {
    if (a & bit) sum ^= factor;
    factor = factor & 1 ? (factor >>> 1) ^ polynomial : factor >>> 1;
  }
  return sum >>> 0;
}
