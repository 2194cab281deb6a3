import { EngineError } from "../../../errors.ts";
import { inspect } from "../../../json/inspect.ts";
import { Tensor } from "../../../tensor/tensor.ts";
import type { Kernel } from "../kernel.ts";
import { mapToNumbers, textsOf } from "./texts-of.ts";

type Key = string | number | bigint;
type Places = ReadonlyMap<Key, number>;

/** Of the vocabularies that were looked into. */
const known = new WeakMap<Tensor, Places>();

export const lookup: Kernel<"lookup"> = ([keys, vocabulary], { all }) => {
  const places = known.get(vocabulary!) ?? index(vocabulary!);
  const placeOf = (key: Key): number => places.get(key) ?? -1;
  const found =
    keys!.strings === null
      ? new Tensor("int32", keys!.shape, Int32Array.from(keys!.data as ArrayLike<number>, placeOf))
      : mapToNumbers(keys!, placeOf);
  if (all) checkAll(keys!, found);
  return [found];
};

function index(vocabulary: Tensor): Places {
  const places = new Map<Key, number>();
  const texts = vocabulary.strings && textsOf(vocabulary);
  for (let i = 0; i < vocabulary.size; i++) {
    const element = vocabulary.data[i]!;
    places.set(texts ? texts[Number(element)]! : element, i);
  }
  known.set(vocabulary, places);
  return places;
}

function checkAll({ data, strings }: Tensor, { data: found }: Tensor): void {
  const missing = new Set<Key>();
  for (let i = 0; i < found.length && missing.size < 5; i++)
    if (found[i] === -1) missing.add(strings ? strings[Number(data[i])]! : data[i]!);
  if (missing.size === 0) return;
  const message = `expected only what is in the vocabulary, received ${inspect([...missing])}. num_oov_indices: 1 gives all else a place.`;
  throw new EngineError("lookup", message);
}
