import type { Issue } from "../errors.ts";
import { inspect } from "../json/inspect.ts";
import { joinPath } from "../json/path.ts";

/** Gathers what is wrong with one object, so that all of it is said at once. */
export class Problems {
  readonly issues: Issue[] = [];
  /** The path of what is being read. */
  path: string;

  constructor(path: string) {
    this.path = path;
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
    const outer = this.path;
    this.path = joinPath(outer, key);
    try {
      return body();
    } finally {
      this.path = outer;
    }
  }
}
