import { ConfigError, ModelError } from "../errors.ts";
import { placeOf } from "../graph/graph.ts";
import { checkOptions, isCallback } from "../json/check-options.ts";
import { inspect } from "../json/inspect.ts";
import type { Layer } from "../layers/layer.ts";
import { configFor, quantizeLayer, reasonAgainst } from "../layers/quantize.ts";
import type { QuantizeOptions } from "../layers/quantize-options.ts";
import { withSublayers } from "../layers/weights.ts";

/** Which layers of a model are meant: those in whose names an expression is found, or of which a function says so. */
export type LayerFilter = string | RegExp | readonly (string | RegExp)[] | ((layer: Layer) => boolean);

/** What `quantize` of a model takes beside the mode. */
export interface QuantizeModelOptions extends QuantizeOptions {
  /** Which layers are quantized. Defaults to all that can be. */
  readonly filters?: LayerFilter | null | undefined;
}

/** What became of a model's layers. */
export interface QuantizationReport {
  /** The names of the layers that were quantized. */
  readonly quantized: readonly string[];
  /** The names of those that were not, and why. */
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
}

/** Quantizes all layers that can be, those inside others too. Source: Keras 3.15 `models/model.py`, `quantize`. */
export async function quantizeModel(
  model: Layer,
  mode: string | null,
  options: QuantizeModelOptions = {},
): Promise<QuantizationReport> {
  const where = `${placeOf(model)}: quantize`;
  checkOptions(where, options, { config: true, type_check: true, filters: true }, ModelError);
  const { filters = null, ...rest } = options;
  const config = configFor(where, mode, rest);
  const isMeant = filterOf(where, filters);
  const leaves = withSublayers(model).filter((layer) => layer.sublayers().length === 0);
  const unbuilt = leaves.find(({ built }) => !built);
  if (unbuilt)
    throw new ModelError(
      where,
      `expected layers that are built, received ${inspect(unbuilt.name)}, which is not.`,
    );
  const quantized: string[] = [];
  const skipped: { name: string; reason: string }[] = [];
  for (const layer of leaves) {
    const reason = isMeant(layer)
      ? reasonAgainst(layer, config, rest.type_check ?? true)
      : "expected a name that the filters have, received another.";
    if (reason === null) {
      await quantizeLayer(layer, mode, rest);
      quantized.push(layer.name);
    } else skipped.push({ name: layer.name, reason });
  }
  return { quantized, skipped };
}

function filterOf(where: string, filters: LayerFilter | null): (layer: Layer) => boolean {
  if (filters === null) return () => true;
  if (isCallback(filters)) return filters as (layer: Layer) => boolean;
  const list = [filters].flat();
  if (!list.every((each) => typeof each === "string" || each instanceof RegExp)) {
    const expected = "expressions for names of layers, or a function";
    throw new ConfigError(where, `expected filters to be ${expected}, received ${inspect(filters)}.`);
  }
  const expressions = (list as (string | RegExp)[]).map((each) => new RegExp(each));
  return ({ name }) => expressions.some((each) => each.test(name));
}
