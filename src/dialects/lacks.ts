import { ConfigError, type Issue } from "../errors.ts";
import { joinPath } from "../json/path.ts";

/** Told of each thing that is left out. */
export type OnDropped = (issue: Issue) => void;

interface Lack extends Issue {
  readonly isDropped: boolean;
}

/**
 * What the version that something is written for has no word for: gathered while it is written, so that one error names all
 * of it. What changes neither what a model computes nor which weights it has can be left out, where that is asked for.
 */
export class Lacks {
  readonly #onDropped: OnDropped | null;
  readonly #found = new Map<string, Lack>();
  /** Of what does not know where it stands, until who does says so. */
  readonly #homeless: Lack[] = [];
  /** Around what is written now: what can be left out as a whole, and where it stands. */
  #whole: { readonly path: () => string; isLacking: boolean } | null = null;

  /** Without `onDropped` nothing is left out. */
  constructor(onDropped: OnDropped | null = null) {
    this.#onDropped = onDropped;
  }

  /** Says what is lacking; gives whether it is left out, which can only be where it is `droppable`. */
  say(path: string, message: string, droppable = false): boolean {
    const whole = this.#whole;
    if (whole) whole.isLacking = true;
    const [, key] = /\.([^.]*)$/.exec(path) ?? [];
    const place = !whole ? path : key === undefined ? whole.path() : joinPath(whole.path(), key);
    const canDrop = droppable || whole !== null;
    const isDropped = canDrop && this.#onDropped !== null;
    const help = canDrop && !isDropped ? ' drop: "optional" leaves it out.' : "";
    this.#add({ path: place, message: `${message}${help}`, isDropped });
    return isDropped;
  }

  #add(lack: Lack): void {
    if (lack.path === "") this.#homeless.push(lack);
    else this.#found.set(`${lack.path}: ${lack.message}`, lack);
  }

  /** How much does not know where it stands. */
  get homeless(): number {
    return this.#homeless.length;
  }

  /** Says where that stands which did not know it, but for the first `before` of it. */
  claim(before: number, place: () => string): void {
    for (const lack of this.#homeless.splice(before)) this.#add({ ...lack, path: place() });
  }

  /** How much is lacking, and not left out. */
  get count(): number {
    let count = 0;
    for (const { isDropped } of this.#all()) if (!isDropped) count++;
    return count;
  }

  /** What `body` writes of something that can be left out; undefined where it is. */
  whole<T>(path: () => string, body: () => T): T | undefined {
    const outer = this.#whole;
    const whole = { path: outer?.path ?? path, isLacking: false };
    this.#whole = whole;
    try {
      const written = body();
      return whole.isLacking && this.#onDropped ? undefined : written;
    } finally {
      this.#whole = outer;
      if (outer && whole.isLacking) outer.isLacking = true;
    }
  }

  /** Throws one ConfigError with all that is lacking, and tells of what was left out where nothing is. */
  check(): void {
    const found = this.#all();
    const issues = found.filter(({ isDropped }) => !isDropped);
    if (issues.length > 0) throw new ConfigError(issues.map(({ path, message }) => ({ path, message })));
    for (const { path, message } of found) this.#onDropped?.({ path, message: `left out: ${message}` });
  }

  #all(): Lack[] {
    return [...this.#found.values(), ...this.#homeless];
  }
}
