import "../engines/reference/at-once/usual.ts";
import { DEFAULT_DIALECT, parseDialect } from "../dialects/version.ts";
import { getPolicy } from "../dtype-policies/index.ts";
import { ConfigError, ModelError } from "../errors.ts";
import { dialectOf } from "../fields/origin.ts";
import { withDialect } from "../fields/writing.ts";
import { placeOf } from "../graph/graph.ts";
import { checkOptions, isCallback } from "../json/check-options.ts";
import { inspect } from "../json/inspect.ts";
import { runCalling } from "../program/calling.ts";
import type { Variable } from "../program/variable.ts";
import {
  Float8QuantizationConfig,
  Int4QuantizationConfig,
  Int8QuantizationConfig,
  QuantizationConfig,
} from "../quantizers/configs.ts";
import { serialize } from "../registry/serialize.ts";
import { sameShape } from "../tensor/shape.ts";
import type {
  LayerFilter,
  QuantizableLayer,
  QuantizationReport,
  QuantizeModelOptions,
  QuantizeOptions,
} from "./quantize-options.ts";

const modes = {
  int8: () => new Int8QuantizationConfig(),
  int4: () => new Int4QuantizationConfig(),
  float8: () => new Float8QuantizationConfig(),
};

/** The config that a mode stands for, or the one that is given, which must be of that mode. */
export function configFor(
  where: string,
  mode: string | null,
  { config }: QuantizeOptions,
): QuantizationConfig {
  if (config != null && !(config instanceof QuantizationConfig))
    throw new ConfigError(where, `expected config to be a QuantizationConfig, received ${inspect(config)}.`);
  if (config && mode !== null && config.mode !== mode)
    throw new ConfigError(
      where,
      `expected a config of the mode ${inspect(mode)}, received one of ${config.mode}.`,
    );
  if (config) return config;
  if (typeof mode === "string" && Object.hasOwn(modes, mode)) return modes[mode as keyof typeof modes]();
  const help = mode === "gptq" || mode === "awq" ? " Weights are fitted to data in Python." : "";
  throw new ConfigError(
    where,
    `expected one of ${inspect(Object.keys(modes))}, received ${inspect(mode)}.${help}`,
  );
}

/** Gives a layer its weight in few bits. Source: Keras 3.6 and 3.15 `layers/core/dense.py`, `quantize`. */
export async function quantizeLayer(
  layer: QuantizableLayer,
  mode: string | null,
  options: QuantizeOptions = {},
): Promise<void> {
  const where = `${placeOf(layer)}: quantize`;
  checkOptions(where, options, { config: true, type_check: true }, ModelError);
  const config = configFor(where, mode, options);
  if (!layer.built) throw new ModelError(where, "expected a layer that is built, received one that is not.");
  const reason = reasonAgainst(layer, config, options.type_check ?? true);
  if (reason !== null) throw new ModelError(where, reason);
  const before = [...layer.ownVariables];
  await Promise.all(before.map((variable) => variable.load()));
  rebuild(layer, config, options.config != null);
  const { quantizedWeight: weight, quantizedColumns: columns } = layer;
  if (!weight)
    throw new ModelError(where, `expected a mode that makes weights anew, received ${config.mode}.`);
  const made = columns ? [weight, columns] : [weight];
  const floats = new Map(before.map((variable) => [variable.name, variable]));
  for (const each of made) {
    const old = floats.get(each.name);
    if (old) each.assign(old.value);
    floats.delete(each.name);
  }
  keep(layer, [...floats.values()]);
}

/** Quantizes all layers that can be, those inside others too. Source: Keras 3.15 `models/model.py`, `quantize`. */
export async function quantizeAll<L extends QuantizableLayer & { sublayers(): readonly unknown[] }>(
  where: string,
  layers: readonly L[],
  mode: string | null,
  options: QuantizeModelOptions<L> = {},
): Promise<QuantizationReport> {
  checkOptions(where, options, { config: true, type_check: true, filters: true }, ModelError);
  const { filters = null, ...rest } = options;
  const config = configFor(where, mode, rest);
  const isMeant = filterOf(where, filters);
  const leaves = layers.filter((layer) => layer.sublayers().length === 0);
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

function filterOf<L extends QuantizableLayer>(
  where: string,
  filters: LayerFilter<L> | null,
): (layer: L) => boolean {
  if (filters === null) return () => true;
  if (isCallback(filters)) return filters as (layer: L) => boolean;
  const list = [filters].flat();
  if (!list.every((each) => typeof each === "string" || each instanceof RegExp)) {
    const expected = "expressions for names of layers, or a function";
    throw new ConfigError(where, `expected filters to be ${expected}, received ${inspect(filters)}.`);
  }
  const expressions = (list as (string | RegExp)[]).map((each) => expressionOf(where, each));
  // Unlike `test`, `search` begins in front whatever an expression found before.
  return ({ name }) => expressions.some((each) => name.search(each) >= 0);
}

function expressionOf(where: string, given: string | RegExp): RegExp {
  try {
    return new RegExp(given);
  } catch (cause) {
    const message = `expected filters to be expressions, received ${inspect(given)}.`;
    throw new ConfigError(where, message, { cause });
  }
}

/** Why a layer cannot be quantized so; null where it can. */
export function reasonAgainst(
  layer: QuantizableLayer,
  { mode }: QuantizationConfig,
  typeCheck: boolean,
): string | null {
  const { constructor: cls } = layer;
  const isOwn = Object.hasOwn(cls, "quantizedIn");
  if (!cls.quantizedIn.includes(mode) || (typeCheck && !isOwn))
    return `expected a layer that can be quantized to ${mode}, received a ${cls.className}.`;
  if (layer.dtype_policy.quantizationMode !== null)
    return `expected a layer that is not quantized, received one with the policy ${inspect(layer.dtype_policy.name)}.`;
  if (mode === "int8" && layer.computeDtype === "float16")
    return "expected a policy that does not compute in float16, which int8 does not go with, received one.";
  return null;
}

/** Builds a layer again, with the policy of what it is quantized to. */
function rebuild(layer: QuantizableLayer, config: QuantizationConfig, isGiven: boolean): void {
  const policy = getPolicy(`${config.policyMode}_from_${layer.ownPolicy.name}`);
  const { since = "3.0" } = layer.constructor.fields.quantization_config ?? {};
  const [dialect, first] = [dialectOf(layer) ?? DEFAULT_DIALECT, parseDialect(since) ?? DEFAULT_DIALECT];
  const write = () => withDialect(Math.max(dialect, first), () => serialize(config));
  const said = isGiven || dialect >= first ? { quantization_config: write() } : {};
  const path = layer.ownVariables[0]?.path.replace(/\/[^/]*$/, "") ?? layer.name;
  const shapes = layer.getBuildConfig() ?? {};
  layer.ownVariables.length = 0;
  Object.assign(layer, { dtype_policy: policy, ...said, built: false });
  runCalling({ names: { path, owner: layer } }, () => layer.buildFromConfig(shapes));
}

/** Has a layer go on with the variables that it had, where they are as the new ones are. */
function keep(layer: QuantizableLayer, before: readonly Variable[]): void {
  const properties = layer as unknown as Record<string, unknown>;
  for (const [i, made] of layer.ownVariables.entries()) {
    const old = before.find(({ name }) => name === made.name);
    if (!old || old.dtype !== made.dtype || !sameShape(old.shape, made.shape)) continue;
    const key = Object.keys(layer).find((each) => properties[each] === made);
    if (key === undefined) made.assign(old.value);
    else {
      properties[key] = old;
      layer.ownVariables[i] = old;
    }
  }
}
