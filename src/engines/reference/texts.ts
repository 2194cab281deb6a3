import type { Spec } from "../../program/value.ts";
import { Tensor } from "../../tensor/tensor.ts";

type AnyKernel = (inputs: readonly Tensor[], attributes: never, specs: readonly Spec[]) => Tensor[];

/**
 * Lets kernels that move or compare elements work on texts: as places in one list in which no text stands twice, which
 * all inputs of texts share.
 */
export function onTexts<T extends Record<string, AnyKernel>>(table: T): T {
  const wrapped = Object.entries(table).map(([name, kernel]) => {
    const inner: AnyKernel = (inputs, attributes, specs) => {
      if (!inputs.some(({ strings }) => strings)) return kernel(inputs, attributes, specs);
      const texts: string[] = [];
      const places = asPlaces(inputs, texts);
      const placed = specs.map(
        ({ shape, dtype }): Spec => ({ shape, dtype: dtype === "string" ? "int32" : dtype }),
      );
      return kernel(places, attributes, placed).map((made, i) =>
        specs[i]!.dtype === "string" ? new Tensor("string", made.shape, made.data, texts) : made,
      );
    };
    return [name, inner];
  });
  return Object.fromEntries(wrapped) as T;
}

/** The inputs with int32 places in `texts`, which is filled, for texts. */
function asPlaces(inputs: readonly Tensor[], texts: string[]): Tensor[] {
  const known = new Map<string, number>();
  const placeOf = (text: string): number => {
    let place = known.get(text);
    if (place === undefined) {
      place = texts.push(text) - 1;
      known.set(text, place);
    }
    return place;
  };
  return inputs.map((input) => {
    const { strings, shape } = input;
    if (!strings) return input;
    return new Tensor(
      "int32",
      shape,
      (input.data as Int32Array).map((place) => placeOf(strings[place]!)),
    );
  });
}
