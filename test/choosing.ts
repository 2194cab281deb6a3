/** Runs what chooses by numbers that no seed says, with these numbers in their place, again and again. */
export function choosing<T>(numbers: readonly number[] | undefined, body: () => T): T {
  if (numbers === undefined) return body();
  const { random } = Math;
  let next = 0;
  Math.random = () => numbers[next++ % numbers.length]!;
  try {
    return body();
  } finally {
    Math.random = random;
  }
}
