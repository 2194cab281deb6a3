import { EngineError } from "../../errors.ts";
import { inspect } from "../../json/inspect.ts";
import { type Evaluate, setEvaluator } from "../../program/eager.ts";
import type { PrimitiveName } from "../../program/primitives.ts";
import { saysNoRoom } from "../../program/room.ts";
import { specRules } from "../../program/spec-rules.ts";
import { formatShape } from "../../tensor/shape.ts";
import { binaryKernels, selectKernels } from "./binary.ts";
import { bitKernels } from "./bits.ts";
import { castKernels } from "./cast.ts";
import { cond, whileLoop } from "./control.ts";
import { convKernels } from "./conv.ts";
import { ctcKernels } from "./ctc.ts";
import { einsumKernels } from "./einsum.ts";
import { fourierKernels } from "./fourier.ts";
import { gatherKernels, scatterKernels } from "./gather.ts";
import { inFloat32 } from "./half.ts";
import type { Kernel } from "./kernel.ts";
import { linalgKernels } from "./linalg/kernels.ts";
import { matmulKernels } from "./matmul.ts";
import { normalizeKernels } from "./normalize.ts";
import { poolKernels } from "./pool.ts";
import { randomKernels } from "./random.ts";
import { reduceKernels } from "./reduce.ts";
import { scan } from "./scan.ts";
import { padKernels, shapeKernels } from "./shape.ts";
import { orderKernels } from "./sort.ts";
import { textKernels } from "./text/kernels.ts";
import { onTexts } from "./texts.ts";
import { unaryKernels } from "./unary.ts";
import { upsampleKernels } from "./upsample.ts";

/** How the reference engine computes each primitive. */
export const kernels: { readonly [K in PrimitiveName]: Kernel<K> } = {
  ...castKernels,
  stop_gradient: ([x]) => [x!],
  ...bitKernels,
  ...onTexts({ ...selectKernels, ...shapeKernels, ...gatherKernels }),
  ...randomKernels,
  ...textKernels,
  ...inFloat32({
    ...unaryKernels,
    ...onTexts(binaryKernels),
    ...reduceKernels,
    ...normalizeKernels,
    ...padKernels,
    ...scatterKernels,
    ...matmulKernels,
    ...linalgKernels,
    ...fourierKernels,
    ...ctcKernels,
    ...einsumKernels,
    ...convKernels,
    ...poolKernels,
    ...upsampleKernels,
    ...orderKernels,
  }),
  scan: (inputs, attributes) => scan(inputs, attributes, evaluate),
  cond: (inputs, attributes) => cond(inputs, attributes, evaluate),
  while: (inputs, attributes) => whileLoop(inputs, attributes, evaluate),
};

/** Computes one primitive on tensors that fit it; a misfit is a ShapeError. */
export const evaluate: Evaluate = (primitive, inputs, attributes) => {
  if (typeof primitive !== "string" || !Object.hasOwn(kernels, primitive)) {
    throw new EngineError("evaluate", `expected a primitive, received ${inspect(primitive)}.`);
  }
  const specs = specRules[primitive](inputs, attributes);
  try {
    return kernels[primitive](inputs, attributes, specs);
  } catch (cause) {
    if (!saysNoRoom(cause)) throw cause;
    const results = specs.map(({ shape, dtype }) => `a ${dtype} tensor of shape ${formatShape(shape)}`);
    const message = `expected memory for ${results.join(" and ")}, the result of ${primitive}, received none.`;
    throw new EngineError("reference", message, { cause });
  }
};

setEvaluator(evaluate);
