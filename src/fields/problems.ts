import type { Issue } from "../errors.ts";
import { inspect } from "../json/inspect.ts";
import { joinPath } from "../json/path.ts";

/** Gathers what is wrong with one object, so that all of it is said at once. */
export class Problems {
  readonly issues: Issue[] = [];
  readonly #base: string | (() => string);
  /** The keys of the members that are read, as many as `#depth` says: room for the first one, as mostly there is one. */
  readonly #keys: (string | number)[] = [""];
  #depth = 0;

  /** `base` is the path of the object, or gives it when there is a problem. */
  constructor(base: string | (() => string)) {
    this.#base = base;
  }

  /** The path of what is being read. */
  get path(): string {
    const base = typeof this.#base === "string" ? this.#base : this.#base();
    return this.#keys.slice(0, this.#depth).reduce(joinPath, base) as string;
  }

  /** `expected …, received ….` at the current path. */
  expected(expected: string, received: unknown, help = ""): never {
    return this.say(`expected ${expected}, received ${inspect(received)}.${help}`);
  }

  say(message: string): never {
    this.issues.push({ path: this.path, message });
    return undefined as never;
  }

  /** Runs `body` with the path of one of the current value's members. */
  at<T>(key: string | number, body: () => T): T {
    this.#keys[this.#depth++] = key;
    try {
      return body();
    } finally {
      this.#depth--;
    }
  }

  /** Reads the value of one key with a field. */
  parse<T>(key: string, field: { parse(input: unknown, problems: Problems): T }, input: unknown): T {
    this.#keys[this.#depth++] = key;
    try {
      return field.parse(input, this);
    } finally {
      this.#depth--;
    }
  }
}
