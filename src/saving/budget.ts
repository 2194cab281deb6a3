import { FileError } from "../errors.ts";
import { checkOption, checkOptions } from "../json/check-options.ts";
import { aLimit } from "../json/option-kinds.ts";
import type { ValueBudget } from "../json/parse.ts";

/**
 * What a file may ask for, in sum, until it is refused. Each limit grows with the size of the file, so that no honest
 * file meets one; raise one for a file that you trust, to `Infinity` for none.
 */
export interface Limits {
  /**
   * Bytes that the compressed members of an archive inflate to, those that are read. Defaults to 100 for each byte of the
   * file, and at least 128 MiB.
   */
  readonly inflatedBytes?: number | undefined;
  /** Values in the JSON texts of a file, those in lists and objects counted. Defaults to 4 for each byte of the file, and at least 2^18. */
  readonly jsonValues?: number | undefined;
  /**
   * Bytes of the arrays that an HDF5 file declares, whether it holds them or not. Defaults to 100 for each byte of the
   * file, and at least 128 MiB.
   */
  readonly declaredBytes?: number | undefined;
  /**
   * Bytes of the texts that attributes of an HDF5 file refer to, as often as they do. Defaults to 4 for each byte of the
   * file, and at least 64 MiB.
   */
  readonly textBytes?: number | undefined;
  /** Groups, datasets and attributes of an HDF5 file, objects of a SavedModel. Defaults to one for 64 bytes of the file, and at least 2^18. */
  readonly objects?: number | undefined;
  /** Members of an archive. Defaults to one for 4 KiB of the file, and at least 20,000. */
  readonly members?: number | undefined;
}

/** What everything takes that opens a file. */
export interface LimitOptions {
  readonly limits?: Limits | null | undefined;
}

export type LimitName = keyof Limits;

interface Rule {
  /** What is counted, for messages. */
  readonly what: string;
  readonly perByte: number;
  readonly least: number;
}

const rules: { readonly [K in LimitName]: Rule } = {
  inflatedBytes: { what: "bytes once inflated", perByte: 100, least: 2 ** 27 },
  jsonValues: { what: "values of JSON", perByte: 4, least: 2 ** 18 },
  declaredBytes: { what: "declared bytes of arrays", perByte: 100, least: 2 ** 27 },
  textBytes: { what: "bytes of texts", perByte: 4, least: 2 ** 26 },
  objects: { what: "groups, datasets, attributes or objects", perByte: 1 / 64, least: 2 ** 18 },
  members: { what: "members", perByte: 1 / 4096, least: 20_000 },
};

export const limitNames = Object.keys(rules) as readonly LimitName[];

/** Complains about limits that there are not. `where` is the function that they were given to. */
export function checkLimits(where: string, limits: Limits | null | undefined): void {
  if (limits == null) return;
  const names = {
    inflatedBytes: true,
    jsonValues: true,
    declaredBytes: true,
    textBytes: true,
    objects: true,
    members: true,
  } as const;
  checkOptions(`${where}.limits`, limits, names);
  for (const name of limitNames) checkOption(`${where}.limits`, limits, name, aLimit);
}

/** What one file may ask for until it is refused: made when it is opened, and handed to all that reads from it. */
export class Budget {
  readonly inflatedBytes: Allowance;
  readonly jsonValues: Allowance;
  readonly declaredBytes: Allowance;
  readonly textBytes: Allowance;
  readonly objects: Allowance;
  readonly members: Allowance;

  /** For a file of `size` bytes. */
  constructor(size: number, limits: Limits = {}) {
    const allow = (name: LimitName) => new Allowance(name, size, limits[name]);
    this.inflatedBytes = allow("inflatedBytes");
    this.jsonValues = allow("jsonValues");
    this.declaredBytes = allow("declaredBytes");
    this.textBytes = allow("textBytes");
    this.objects = allow("objects");
    this.members = allow("members");
  }
}

/** A file asks for more than it may. */
export class OverLimit extends FileError {
  readonly limit: LimitName;

  constructor(limit: LimitName, path: string, message: string) {
    super(path, message);
    this.limit = limit;
  }
}

/** How much of one thing there may be in all. */
class Allowance implements ValueBudget {
  readonly #name: LimitName;
  readonly #size: number;
  readonly most: number;
  #taken = 0;

  constructor(name: LimitName, size: number, most?: number) {
    const { perByte, least } = rules[name];
    this.#name = name;
    this.#size = size;
    this.most = most ?? Math.max(least, Math.floor(perByte * size));
  }

  get left(): number {
    return this.most - this.#taken;
  }

  /** Takes some; `at` is what an error begins with. */
  take(count: number, at: string | (() => string)): void {
    this.expect(count, at);
    this.#taken += count;
  }

  /** Complains where there is less left than that, and takes nothing. */
  expect(count: number, at: string | (() => string)): void {
    if (count <= this.left) return;
    throw new OverLimit(
      this.#name,
      typeof at === "string" ? at : at(),
      `expected at most ${this.most} ${rules[this.#name].what} from a file of ${this.#size} bytes, received ` +
        `${this.#taken + count} or more. Raise limits.${this.#name} for a file that you trust.`,
    );
  }
}
