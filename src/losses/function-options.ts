/** How a class differs from others that are a function and its options. */
export interface FunctionSettings {
  /** What its objects are called. Defaults to the name of the function. */
  readonly name?: string;
  /** Its own fields that Keras's config does not say. Defaults to none. */
  readonly unsaid?: readonly string[];
}

/** What an object's function is given beside truths and predictions: the fields that are its options. */
export function functionOptions(object: object, keys: readonly string[]): never {
  return Object.fromEntries(keys.map((key) => [key, Reflect.get(object, key)])) as never;
}
