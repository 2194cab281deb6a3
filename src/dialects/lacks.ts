import { ConfigError, type Issue } from "../errors.ts";

/** Told of each thing that is left out. */
export type OnDropped = (issue: Issue) => void;

interface Lack {
  path: string;
  readonly message: string;
  readonly isDropped: boolean;
}

/**
 * What the version that something is written for has no word for: gathered while it is written, so that one error names all
 * of it. What changes neither what a model computes nor which weights it has can be left out, where that is asked for.
 */
export class Lacks {
  readonly #onDropped: OnDropped | null;
  readonly #said: Lack[] = [];
  /** Where that stands which is written now and can be left out as a whole. */
  #whole: (() => string) | null = null;

  /** Without `onDropped` nothing is left out. */
  constructor(onDropped: OnDropped | null = null) {
    this.#onDropped = onDropped;
  }

  /** Says what is lacking; gives whether it is left out, which can only be where it is `droppable`. */
  say(path: string, message: string, droppable = false): boolean {
    const whole = this.#whole;
    const canDrop = droppable || whole !== null;
    const isDropped = canDrop && this.#onDropped !== null;
    this.#said.push({
      path: whole ? `${whole()}${/\.\w+$/.exec(path) ?? ""}` : path,
      message: canDrop && !isDropped ? `${message} drop: "optional" leaves it out.` : message,
      isDropped,
    });
    return isDropped;
  }

  /** How much was said, left out or not. */
  get said(): number {
    return this.#said.length;
  }

  /** Says where that stands which did not know it, but for the first `before` of all that was said. */
  claim(before: number, place: () => string): void {
    for (const lack of this.#said.slice(before)) lack.path ||= place();
  }

  /** How much is lacking, and not left out. */
  get count(): number {
    return this.#said.filter(({ isDropped }) => !isDropped).length;
  }

  /** What `body` writes of something that can be left out; undefined where it is. */
  whole<T>(path: () => string, body: () => T): T | undefined {
    // What it is part of is left out with it.
    if (this.#whole) return body();
    const before = this.said;
    this.#whole = path;
    try {
      const written = body();
      return this.#onDropped && this.said > before ? undefined : written;
    } finally {
      this.#whole = null;
    }
  }

  /** Throws one ConfigError with all that is lacking, and tells of what was left out where nothing is. */
  check(): void {
    const found = new Map(this.#said.map((lack) => [`${lack.path}: ${lack.message}`, lack]));
    const lacking: Issue[] = [];
    for (const { path, message, isDropped } of found.values())
      if (!isDropped) lacking.push({ path, message });
    if (lacking.length > 0) throw new ConfigError(lacking);
    for (const { path, message } of found.values())
      this.#onDropped?.({ path, message: `left out: ${message}` });
  }
}
