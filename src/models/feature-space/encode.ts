import { NO_KEYWORDS, type Operation } from "../../graph/graph.ts";
import { sortedKeys } from "../../graph/nested.ts";
import { quote } from "../../json/quote.ts";
import type { Layer } from "../../layers/layer.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Cross } from "./cross.ts";

type ByName<T> = Readonly<Record<string, T>>;

/** The layers of a FeatureSpace, by the names of its features and crosses. */
export interface SpaceLayers extends Operation {
  readonly output_mode: "concat" | "dict";
  readonly crosses: readonly Cross[];
  readonly preprocessors: ByName<Layer>;
  readonly crossers: ByName<Layer>;
  readonly concat: Layer | null;
}

/**
 * What a FeatureSpace gives for columns: each goes through its layer, crosses through theirs, then through what encodes
 * it, where something does; all of that becomes one row, or stays by its name.
 */
export function encode<T extends { readonly dtype: DType }>(
  space: SpaceLayers,
  columns: ByName<T>,
  encoderOf: (name: string, value: T) => Layer | null,
): T | ByName<T> {
  const ask = (layer: Layer, given: T | readonly T[]) => layer.invoke([given], NO_KEYWORDS) as T;
  const preprocessed = Object.fromEntries(
    Object.entries(columns).map(([name, value]) => [name, ask(space.preprocessors[name]!, value)]),
  );
  const crossed = Object.fromEntries(
    space.crosses.map(({ name, feature_names }) => [
      name,
      ask(
        space.crossers[name]!,
        feature_names.map((feature) => preprocessed[feature]!),
      ),
    ]),
  );
  const names = [...sortedKeys(preprocessed), ...sortedKeys(crossed)];
  const encoded = names.map((name) => {
    const value = preprocessed[name] ?? crossed[name]!;
    const encoder = encoderOf(name, value);
    return encoder ? ask(encoder, value) : value;
  });
  if (space.concat === null) return Object.fromEntries(names.map((name, i) => [name, encoded[i]!]));
  for (const [i, { dtype }] of encoded.entries())
    if (dtype === "string" || dtype.startsWith("int"))
      throw space.problem(
        `expected features that can be joined, received ${dtype} of ${quote(names[i]!)}. Encode it, or use output_mode "dict".`,
      );
  return ask(space.concat, encoded);
}
