/** Something else that does the same work. */
export interface Comparison {
  readonly name: string;
  /** Null where it could not be measured. */
  readonly value: number | null;
}

/** What the plan allows, and whether that is reached; null where what it is measured against is missing. */
export interface Budget {
  readonly text: string;
  readonly met: boolean | null;
}

/** One work, measured. */
export interface Row {
  /** Stays the same from run to run. */
  readonly name: string;
  readonly unit: "ms" | "KB" | "MB";
  readonly ours: number;
  readonly others: readonly Comparison[];
  readonly budget: Budget | null;
}

export interface Options {
  /** Fewer rounds, and nothing that takes minutes. */
  readonly quick: boolean;
}

/** Measures some rows. */
export type Group = (options: Options) => Promise<Row[]>;

/** At most so much. */
export function atMost(ours: number, limit: number, unit: Row["unit"]): Budget {
  return { text: `≤ ${limit} ${unit}`, met: ours <= limit };
}

/** At most so many times what another takes. */
export function atMostTimes(ours: number, factor: number, other: Comparison): Budget {
  const met = other.value === null ? null : ours <= factor * other.value;
  return { text: `≤ ${factor} × ${other.name}`, met };
}
