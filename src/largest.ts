/** The largest of some numbers, of which there may be as many as a file has; `least` where there is none above it. */
export function largest(numbers: Iterable<number>, least: number = Number.NEGATIVE_INFINITY): number {
  let most = least;
  for (const number of numbers) if (number > most) most = number;
  return most;
}
