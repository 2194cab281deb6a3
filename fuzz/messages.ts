import type { Flat } from "./flat.ts";
import type { Fault } from "./judge.ts";

/** What a child is asked: to run cases, or to read one input. */
export type Question = CasesQuestion | InputQuestion;

export interface CasesQuestion {
  readonly seed: number;
  readonly from: number;
  /** The first that is not run. */
  readonly to: number;
  /** The reader that all cases are of; null where they are of all. */
  readonly only: string | null;
  /** In kilobytes: with more the child stops, so that another goes on. */
  readonly mostMemory: number;
}

export interface InputQuestion {
  readonly reader: string;
  readonly input: Flat;
}

export type Answer = CasesAnswer | InputAnswer;

export interface CasesAnswer {
  readonly findings: readonly Finding[];
  /** How many inputs were read without an error, by reader. */
  readonly read: Outcomes;
  /** The first case that was not run. */
  readonly next: number;
  /** The most memory the process had so far, in kilobytes. */
  readonly memory: number;
}

export interface InputAnswer {
  readonly fault: Fault | null;
  readonly memory: number;
}

/** Numbers by the names of readers. */
export type Outcomes = { [reader: string]: number };

/** A case that has another outcome than it may. */
export interface Finding {
  readonly index: number;
  readonly reader: string;
  readonly fault: Fault;
}
