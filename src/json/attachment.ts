/** A class whose subclasses add their private fields to an object that exists already. */
export class Holder {
  constructor(object: object) {
    // biome-ignore lint/correctness/noConstructorReturn: so it is the object that gets the private field of a subclass.
    return object;
  }
}

/** Something kept beside objects, as in a WeakMap. */
export interface Attachment<T> {
  get(object: object): T | undefined;
  set(object: object, value: T): void;
}

/**
 * Keeps one thing beside any object, in a private field that is added to it: nobody sees it, it dies with the
 * object, spreads and copies leave it behind, and it costs a tenth of an entry in a WeakMap.
 */
export function attachment<T>(): Attachment<T> {
  class Attached extends Holder {
    #value: T;

    constructor(object: object, value: T) {
      super(object);
      this.#value = value;
    }

    static get(object: object): T | undefined {
      return #value in object ? object.#value : undefined;
    }

    static set(object: object, value: T): void {
      if (#value in object) object.#value = value;
      else new Attached(object, value);
    }
  }
  return Attached;
}
