import type { Model } from "./model.ts";

export interface SummaryOptions {
  /** Width of the table in characters. Defaults to 80. */
  readonly line_length?: number;
  readonly expand_nested?: boolean;
  readonly show_trainable?: boolean;
}

export function summary(model: Model, _options: SummaryOptions): string {
  return model.layers.map(({ name }) => name).join("\n");
}
