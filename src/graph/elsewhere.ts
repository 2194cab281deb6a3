import { ModelError } from "../errors.ts";
import { type Operation, placeOf } from "./graph.ts";

/** Names that Python has, or other libraries, with what there is instead. */
export type Elsewhere = Readonly<Record<string, string>>;

/**
 * A class with methods that only say where to find what they are called after. They are in no types: the compiler says
 * that there are none, and whoever has no compiler meets the sentence.
 */
export function pointing<Class extends abstract new (...args: never[]) => Operation>(
  base: Class,
  methods: Elsewhere,
): Class {
  abstract class Pointing extends (base as abstract new (...args: never[]) => Operation) {}
  for (const [name, help] of Object.entries(methods)) {
    const value = function (this: Operation): never {
      throw new ModelError(placeOf(this), `there is no ${name}(). ${help}`);
    };
    Object.defineProperty(Pointing.prototype, name, { value, writable: true, configurable: true });
  }
  return Pointing as unknown as Class;
}
