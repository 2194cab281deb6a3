import { join } from "node:path";
import { inputOf, readerOf } from "./case.ts";
import { Child } from "./child-process.ts";
import { flatten } from "./flat.ts";
import { type Fault, fault } from "./judge.ts";
import type { Finding, Outcomes } from "./messages.ts";
import type { Input } from "./reader.ts";
import { reduce } from "./reduce.ts";

export interface CampaignSettings {
  /** The path of what the children run. */
  readonly program: string;
  /** For what the children note. */
  readonly folder: string;
  readonly seed: number;
  readonly first: number;
  /** The first case that is not run. */
  readonly last: number;
  /** When no more cases begin, in milliseconds. */
  readonly until: number;
  /** The reader that all cases are of; null where they are of all. */
  readonly only: string | null;
  /** Gets to know of the first finding of each kind. */
  readonly onFault: (finding: Finding) => void;
}

/** All findings of one kind. */
export interface Found {
  readonly first: Finding;
  count: number;
  input?: Input;
  /** Whether the case shows it without those before. */
  isAlone?: boolean;
}

const atOnce = 400;
const mostMemory = 300 * 1024;
/** A case may take that long, alone twice as long. */
const mostSeconds = 15;
const mostReduced = 12;
const secondsForOne = 30;
const secondsForAll = 120;

/** Runs cases in children until time is up, and keeps what they found. */
export class Campaign {
  readonly settings: CampaignSettings;
  readonly faults = new Map<string, Found>();
  /** How many cases were run, and how many inputs were read without an error, by reader. */
  readonly cases: Outcomes = {};
  readonly read: Outcomes = {};
  readonly counts = { untyped: 0, wrong: 0, unfit: 0, hang: 0, memory: 0 };
  readonly start = Date.now();
  readonly #children: Child[] = [];
  #next: number;

  constructor(settings: CampaignSettings) {
    this.settings = settings;
    this.#next = settings.first;
  }

  async run(workers: number): Promise<void> {
    await Promise.all(Array.from({ length: workers }, () => this.#work()));
  }

  stop(): void {
    for (const child of this.#children) child.stop();
  }

  /** Makes the inputs of the faults small. */
  async reduceAll(): Promise<void> {
    const child = this.#child();
    const end = Date.now() + secondsForAll * 1000;
    const rankOf = ({ first: { fault } }: Found) => (fault.what === "unfit" ? 1 : 0);
    const worst = [...this.faults.values()].sort((a, b) => rankOf(a) - rankOf(b));
    for (const found of worst.slice(0, mostReduced)) {
      const { index, reader, fault } = found.first;
      const shows = async (input: Input) => (await this.#alone(child, reader, input))?.kind === fault.kind;
      const input = await inputOf(this.settings.seed, index, this.settings.only);
      found.isAlone = await shows(input);
      found.input = found.isAlone
        ? await reduce(input, shows, Math.min(end, Date.now() + secondsForOne * 1000))
        : input;
    }
    child.stop();
  }

  async #work(): Promise<void> {
    const { seed, last, until, only } = this.settings;
    const child = this.#child();
    while (this.#next < last && Date.now() < until) {
      let from = this.#next;
      const to = Math.min(from + atOnce, last);
      this.#next = to;
      while (from < to) {
        const answer = await child.ask({ seed, from, to, only, mostMemory }, mostSeconds);
        if (typeof answer !== "string") {
          this.#count(from, answer.next);
          for (const finding of answer.findings) this.#add(finding);
          for (const [name, count] of Object.entries(answer.read)) add(this.read, name, count);
          from = answer.next;
          if (answer.memory <= mostMemory) continue;
        }
        const at = typeof answer === "string" ? Math.max(child.at, from) : from - 1;
        child.stop();
        await this.#lookAgain(child, at);
        if (typeof answer === "string") {
          this.#count(from, at + 1);
          from = at + 1;
        }
      }
    }
    child.stop();
  }

  /** A case that took too much is a finding if it does so alone. */
  async #lookAgain(child: Child, index: number): Promise<void> {
    const reader = readerOf(this.settings.seed, index, this.settings.only).name;
    const fault = await this.#alone(
      child,
      reader,
      await inputOf(this.settings.seed, index, this.settings.only),
    );
    if (fault !== null) this.#add({ index, reader, fault });
    child.stop();
  }

  async #alone(child: Child, reader: string, input: Input): Promise<Fault | null> {
    const answer = await child.ask({ reader, input: flatten(input) }, 2 * mostSeconds);
    if (answer === "hang") return fault("hang", `took more than ${2 * mostSeconds} s`);
    if (answer === "memory") return fault("memory", "took more than 1 GB");
    if (answer === "died") return fault("memory", "the process ended");
    if (answer.memory > mostMemory) {
      child.stop();
      return answer.fault ?? fault("memory", "took more than 300 MB");
    }
    return answer.fault;
  }

  #child(): Child {
    const { program, folder, only } = this.settings;
    const child = new Child(program, join(folder, `at-${this.#children.length}`), "inherit", only);
    this.#children.push(child);
    return child;
  }

  #count(from: number, to: number): void {
    const { seed, only } = this.settings;
    for (let index = from; index < to; index++) add(this.cases, readerOf(seed, index, only).name, 1);
  }

  #add(finding: Finding): void {
    const { reader, fault } = finding;
    this.counts[fault.what]++;
    const key = `${reader}: ${fault.kind}`;
    const known = this.faults.get(key);
    if (known) {
      known.count++;
      return;
    }
    this.faults.set(key, { first: finding, count: 1 });
    this.settings.onFault(finding);
  }
}

function add(outcomes: Outcomes, name: string, count: number): void {
  outcomes[name] = (outcomes[name] ?? 0) + count;
}
