import { isPlain } from "../json/inspect.ts";
import { Functional } from "./functional.ts";
import { Model as Base } from "./model.ts";

/**
 * The base of all models. `new Model({ inputs, outputs })` makes a {@link Functional}, as in Keras. So does a class of
 * your own that gives them to `super`: it is a subclass of Functional from then on.
 *
 * @example
 * const inputs = Input({ shape: [3] });
 * const model = new Model({ inputs, outputs: new Dense({ units: 1 }).apply(inputs) });
 */
export const Model: typeof Base = /* @__PURE__ */ new Proxy(Base, {
  // The class itself cannot know Functional, which stands on it.
  construct(base, args: unknown[], target) {
    if (!isGraph(args)) return Reflect.construct(base, args, target);
    if (target === Model) return Reflect.construct(Functional, args);
    standOnFunctional(target);
    return Reflect.construct(Functional, args, target);
  },
});

export type Model = Base;

/** Whether a constructor is given a graph, be it in the form that Python takes and this package refuses. */
function isGraph(args: readonly unknown[]): boolean {
  const [options] = args;
  if (args.length > 1) return true;
  return isPlain(options) && "inputs" in options && "outputs" in options;
}

/** Makes a class that stands on Model stand on Functional. Source: Keras 3.6 `inject_functional_model_class`. */
function standOnFunctional(cls: object): void {
  let own = cls as { readonly prototype: object };
  while (Object.getPrototypeOf(own) !== Model) own = Object.getPrototypeOf(own);
  Object.setPrototypeOf(own, Functional);
  Object.setPrototypeOf(own.prototype, Functional.prototype);
}
