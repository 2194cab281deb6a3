import { exposure } from "../dialects/exposure.ts";
import { CeratopsError, printableIssue } from "../errors.ts";
import { printable } from "../json/printable.ts";
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
  /** What errors call the file, of which places in it need not speak. */
  readonly #file: string;
  readonly #found: Finding[] = [];
  readonly #said = new Set<string>();
  readonly #counts = new Map<FindingCode, number>();

  constructor(file: string) {
    this.#file = printableIssue({ path: file, message: "" }).path;
  }

  /** Findings at one place are told apart by what they say, or by what is `told`. */
  add(code: FindingCode, place: string, message: string, details: Details = {}, told = message): void {
    const path = printable(this.#within(place));
    const key = `${path}\n${told}`;
    if (this.#said.has(key)) return;
    const count = (this.#counts.get(code) ?? 0) + 1;
    this.#counts.set(code, count);
    if (count > mostOfAKind) return;
    this.#said.add(key);
    const shown = path.length > longestPath ? `${path.slice(0, longestPath)}…` : path;
    this.#found.push({ code, severity: rules[code].severity, path: shown, message, ...details });
  }

  /** A place in the file without the file's name, which an error begins with. */
  #within(place: string): string {
    if (place === this.#file) return "";
    const rest = place.startsWith(this.#file) ? place.slice(this.#file.length) : "";
    return /^(?:: member | (?="?\/))(.*)/.exec(rest)?.[1] ?? place;
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
      // How much was asked for when a limit was met depends on who met it first.
      const told = error instanceof OverLimit ? error.limit : undefined;
      for (const { path, message } of error.issues) this.add(found, path, message, details, told);
      return null;
    }
  }
}
