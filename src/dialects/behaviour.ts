import { attachment } from "../json/attachment.ts";
import { type Behaviour, type BehaviourOf, type Change, nameOf } from "./change.ts";
import { changes } from "./changes.ts";
import { type Dialect, isOlder } from "./version.ts";
import { older } from "./walk.ts";

/** What changes say of objects of a class, or of one that extends it. It is looked up once for each class. */
export function behaviourIn(all: readonly Change[]): BehaviourOf {
  const behaviours = attachment<readonly { since: Dialect; own: Behaviour }[]>();
  return (cls, dialect) => {
    let known = behaviours.get(cls);
    if (!known) {
      known = all.flatMap(({ since, behaviour = {} }) => {
        let base = cls;
        while (base.className !== undefined && !behaviour[nameOf(base)]) base = Object.getPrototypeOf(base);
        const own = behaviour[nameOf(base)];
        return own ? [{ since, own }] : [];
      });
      behaviours.set(cls, known);
    }
    let found: Behaviour | null = null;
    for (const { since, own } of known) if (since <= dialect) found = Object.assign({}, found, own);
    return found;
  };
}

const since3 = /* @__PURE__ */ behaviourIn(changes);

/** The same of all changes that the program has. */
export const behaviourOf: BehaviourOf = (cls, dialect) =>
  isOlder(dialect) ? (older.behaviourOf?.(cls, dialect) ?? null) : since3(cls, dialect);
