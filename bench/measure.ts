/** A time that was taken elsewhere, such as in another process. */
export class Elapsed {
  readonly milliseconds: number;

  constructor(milliseconds: number) {
    this.milliseconds = milliseconds;
  }
}

/** Some work; one that gives an {@link Elapsed} takes its own time, null is work that cannot be done here. */
export type Job = (() => unknown) | null;

export interface Rounds {
  readonly rounds: number;
  readonly warmup?: number;
}

/** The median time of each job in milliseconds: one after the other in each round, so that all see the same machine. */
export async function interleave<Name extends string>(
  jobs: Readonly<Record<Name, Job>>,
  { rounds, warmup = 2 }: Rounds,
): Promise<Record<Name, number | null>> {
  const times = new Map<string, number[]>();
  for (let round = -warmup; round < rounds; round++) {
    for (const [name, job] of Object.entries<Job>(jobs)) {
      if (!job) continue;
      const time = await timeOf(job);
      const known = times.get(name) ?? [];
      times.set(name, known);
      if (round >= 0) known.push(time);
    }
  }
  const medians = Object.keys(jobs).map((name) => [name, median(times.get(name) ?? [])]);
  return Object.fromEntries(medians) as Record<Name, number | null>;
}

export async function timeOf(job: () => unknown): Promise<number> {
  const start = performance.now();
  const result = await job();
  return result instanceof Elapsed ? result.milliseconds : performance.now() - start;
}

export function median(numbers: readonly number[]): number | null {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return null;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
