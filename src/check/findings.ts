import { exposure } from "../dialects/exposure.ts";
import { CeratopsError } from "../errors.ts";
import { OverLimit } from "../saving/budget.ts";
import { ExternalData } from "../saving/hdf5/index.ts";
import type { Finding } from "./report.ts";
import { type FindingCode, rules } from "./rules.ts";

/** Findings of one kind that are listed; of more, how many there are. */
const mostOfAKind = 100;
const longestPath = 400;

/** What a finding says beside its kind, place and message. */
export type Details = Pick<Finding, "module" | "className" | "keras">;

/** What is to be said of something, wherever it stands. */
export interface Judgement extends Details {
  readonly code: FindingCode;
  readonly message: string;
}

/** Gathers what is found, each thing once, and not more than anybody reads. */
export class Findings {
  readonly #found: Finding[] = [];
  readonly #said = new Set<string>();
  readonly #counts = new Map<FindingCode, number>();

  add(code: FindingCode, path: string, message: string, details: Details = {}): void {
    const key = `${path}\n${message}`;
    if (this.#said.has(key)) return;
    const count = (this.#counts.get(code) ?? 0) + 1;
    this.#counts.set(code, count);
    if (count > mostOfAKind) return;
    this.#said.add(key);
    const shown = path.length > longestPath ? `${path.slice(0, longestPath)}…` : path;
    this.#found.push({ code, severity: rules[code].severity, path: shown, message, ...details });
  }

  /** All of it, in the order in which it was found. */
  list(): readonly Finding[] {
    const more = [...this.#counts].filter(([, count]) => count > mostOfAKind);
    const rest = more.map(([code, count]): Finding => {
      const message = `${count - mostOfAKind} more of this kind.`;
      return { code, severity: rules[code].severity, path: "", message };
    });
    return [...this.#found, ...rest];
  }

  /** What `step` gives; null where it throws, and what it says is a finding. */
  async attempt<T>(
    code: FindingCode | ((error: CeratopsError) => FindingCode),
    step: () => T | Promise<T>,
  ): Promise<T | null> {
    try {
      return await step();
    } catch (error) {
      if (!(error instanceof CeratopsError)) throw error;
      const isElsewhere = error instanceof ExternalData;
      const known = isElsewhere ? "external-data" : error instanceof OverLimit ? "over-limit" : null;
      const found = known ?? (typeof code === "string" ? code : code(error));
      const details = isElsewhere ? { keras: exposure.externalData } : {};
      for (const { path, message } of error.issues) this.add(found, path, message, details);
      return null;
    }
  }
}
