import { DTypePolicyMap } from "../../dtype-policies/dtype-policy-map.ts";
import * as quantized from "../../dtype-policies/quantized.ts";
import { classes as quantizers } from "../../quantizers/index.ts";
import { classesOf } from "../../registry/registry.ts";
import type { Part } from "./part.ts";

/** Policies of layers whose weights have few bits, or of each layer alone, and what makes such weights. */
export const part: Part = { classes: [...classesOf(quantized), DTypePolicyMap, ...quantizers] };
