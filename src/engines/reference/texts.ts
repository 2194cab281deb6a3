import type { Spec } from "../../program/value.ts";
import { Tensor } from "../../tensor/tensor.ts";

type AnyKernel = (inputs: readonly Tensor[], attributes: never, specs: readonly Spec[]) => Tensor[];

/**
 * Lets kernels that move or compare elements work on texts: as places in one list. That of a single operand is taken as
 * it is, so that a large one costs nothing; several, which may be compared, get one in which no text stands twice.
 */
export function onTexts<T extends Record<string, AnyKernel>>(table: T): T {
  const wrapped = Object.entries(table).map(([name, kernel]) => {
    const inner: AnyKernel = (inputs, attributes, specs) => {
      if (!inputs.some(({ strings }) => strings)) return kernel(inputs, attributes, specs);
      const { places, texts } = asPlaces(inputs);
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

/** The inputs with int32 places in a list for texts. */
function asPlaces(inputs: readonly Tensor[]): { places: Tensor[]; texts: readonly string[] } {
  const [alone, ...others] = inputs.flatMap(({ strings }) => (strings ? [strings] : []));
  if (alone && others.length === 0)
    return {
      places: inputs.map((x) => (x.strings ? new Tensor("int32", x.shape, x.data) : x)),
      texts: alone,
    };
  const known = new Map<string, number>();
  const placeOf = (text: string): number => {
    const place = known.get(text) ?? known.size;
    known.set(text, place);
    return place;
  };
  const places = inputs.map((input) => {
    const { strings, shape } = input;
    if (!strings) return input;
    return new Tensor(
      "int32",
      shape,
      (input.data as Int32Array).map((place) => placeOf(strings[place]!)),
    );
  });
  return { places, texts: [...known.keys()] };
}
