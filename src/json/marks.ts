import { Holder } from "./attachment.ts";

/**
 * What a plain JavaScript value cannot carry, kept beside it: which numbers Python wrote as floats although
 * they are integral, and the order of keys where JavaScript moves integer-like keys to the front.
 */
interface Notes {
  floats: Set<string> | undefined;
  keys: readonly string[] | undefined;
  /** Whatever else is known of the container. */
  about: object | undefined;
}

/**
 * Adds a private field to a container that exists already, as `attachment` does; written out here, because every object
 * that is parsed gets one: an attachment would make the parser slower by an eighth, a WeakMap by twice its time.
 */
class Mark extends Holder {
  #notes: Notes | undefined = undefined;

  static has(container: object): boolean {
    return #notes in container;
  }

  static notes(container: object): Notes | undefined {
    return #notes in container ? container.#notes : undefined;
  }

  static ownNotes(container: object): Notes {
    mark(container);
    const marked = container as Mark;
    marked.#notes ??= { floats: undefined, keys: undefined, about: undefined };
    return marked.#notes;
  }
}

/** Whether the container came from the parser, or was marked since. */
export function isMarked(container: object): boolean {
  return Mark.has(container);
}

/** Says that the container is as Python has it: its integral numbers are ints, but for those marked as floats. */
export function mark(container: object): void {
  if (!Mark.has(container)) new Mark(container);
}

/** Whether the number at this key or index is a float even where it is integral. */
export function isFloat(container: object, key: string | number): boolean {
  return Mark.notes(container)?.floats?.has(String(key)) ?? false;
}

/** Says that the number at this key or index is a float; marks the container. */
export function markFloat(container: object, key: string | number): void {
  const notes = Mark.ownNotes(container);
  notes.floats ??= new Set();
  notes.floats.add(String(key));
}

/** Takes back what `markFloat` said; the container stays marked. */
export function unmarkFloat(container: object, key: string | number): void {
  Mark.notes(container)?.floats?.delete(String(key));
}

/** Remembers the order of an object's keys; marks the object. */
export function setKeyOrder(container: object, keys: readonly string[]): void {
  Mark.ownNotes(container).keys = [...keys];
}

/** Remembers something about the container that copies keep; marks the container. */
export function setAbout(container: object, about: object): void {
  Mark.ownNotes(container).about = about;
}

/** What `setAbout` said. */
export function aboutOf(container: object): object | undefined {
  return Mark.notes(container)?.about;
}

/** The object's own keys in Python's order: the remembered ones that are still there, then those added since. */
export function keysOf(container: object): string[] {
  const keys = Object.keys(container);
  const order = Mark.notes(container)?.keys;
  if (order === undefined) return keys;
  const rest = new Set(keys);
  return [...order.filter((key) => rest.delete(key)), ...rest];
}

/** Gives `to` the marks of `from` in place of its own; where `from` has none, changes nothing. */
export function copyMarks(from: object, to: object): void {
  if (from === to || !Mark.has(from)) return;
  mark(to);
  const notes = Mark.notes(from);
  if (notes === undefined && Mark.notes(to) === undefined) return;
  const own = Mark.ownNotes(to);
  own.floats = notes?.floats && new Set(notes.floats);
  own.keys = notes?.keys;
  own.about = notes?.about;
}
