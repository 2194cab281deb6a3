import { type Program, programs, versionsOf } from "../../dialects/programs.ts";
import { formatDialect, type Range } from "../../dialects/version.ts";

/** What becomes of a file in versions of a program, one after the other, in which it is the same. */
export interface Loading {
  readonly program: Program;
  /** The versions, the oldest first, as `"3.6"`. */
  readonly versions: readonly string[];
  /** Whether they load the file as it is; null where that is not known. */
  readonly loads: boolean | null;
  /** What stands against it, each thing once: the layer, the key, the value, or the format; of what is not known, why. */
  readonly against: readonly string[];
}

/** Something that keeps versions of a program from loading a file. */
export interface Obstacle {
  readonly program: Program;
  readonly versions: Range;
  readonly text: string;
  /** Whether it only may keep them from it. */
  readonly isUnsure?: boolean;
}

/** Things of one kind that are listed; of more, how many there are. */
const mostListed = 50;

/** What all versions of all programs make of a file that has these obstacles. */
export function loadingOf(obstacles: readonly Obstacle[]): Loading[] {
  return programs.flatMap((program) => {
    const own = obstacles.filter((each) => each.program === program);
    const found: (Loading & { readonly versions: string[] })[] = [];
    for (const version of versionsOf(program)) {
      const met = own.filter(({ versions: [first, last] }) => first <= version && version <= last);
      const sure = met.filter(({ isUnsure }) => !isUnsure);
      const loads = sure.length > 0 ? false : met.length > 0 ? null : true;
      const texts = [...new Set((sure.length > 0 ? sure : met).map(({ text }) => text))];
      const against =
        texts.length > mostListed
          ? [...texts.slice(0, mostListed), `${texts.length - mostListed} more of the kind`]
          : texts;
      const before = found.at(-1);
      const isAlike = before?.loads === loads && before.against.join("\n") === against.join("\n");
      if (before && isAlike) before.versions.push(formatDialect(version));
      else found.push({ program, versions: [formatDialect(version)], loads, against });
    }
    return found;
  });
}

/** Whether a version such as `"3.6"` or `"3.6.0"` of a program loads a file; null where that is not known. */
export function loadsIn(loading: readonly Loading[], program: Program, version: string): boolean | null {
  const minor = version.split(".").slice(0, 2).join(".");
  const found = loading.find((each) => each.program === program && each.versions.includes(minor));
  return found?.loads ?? null;
}
