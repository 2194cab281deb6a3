import { binaryKernels, selectKernels } from "./binary.ts";
import { bitKernels } from "./bits.ts";
import { castKernels } from "./cast.ts";
import { cond, whileLoop } from "./control.ts";
import { convKernels } from "./conv.ts";
import { einsumKernels } from "./einsum.ts";
import { gatherKernels, scatterKernels } from "./gather.ts";
import { inFloat32 } from "./half.ts";
import { evaluate, type Kernels } from "./known.ts";
import { matmulKernels } from "./matmul.ts";
import { normalizeKernels } from "./normalize.ts";
import { poolKernels } from "./pool.ts";
import { randomKernels } from "./random.ts";
import { reduceKernels } from "./reduce.ts";
import { scan } from "./scan.ts";
import { padKernels, shapeKernels } from "./shape.ts";
import { orderKernels } from "./sort.ts";
import { onTexts } from "./texts.ts";
import { unaryKernels } from "./unary.ts";
import { upsampleKernels } from "./upsample.ts";

/** How the reference engine computes what nearly every program may have. */
export const usualKernels = {
  ...castKernels,
  stop_gradient: ([x]) => [x!],
  ...bitKernels,
  ...onTexts({ ...selectKernels, ...shapeKernels, ...gatherKernels }),
  ...randomKernels,
  ...inFloat32({
    ...unaryKernels,
    ...onTexts(binaryKernels),
    ...reduceKernels,
    ...normalizeKernels,
    ...padKernels,
    ...scatterKernels,
    ...matmulKernels,
    ...einsumKernels,
    ...convKernels,
    ...poolKernels,
    ...upsampleKernels,
    ...orderKernels,
  }),
  scan: (inputs, attributes) => scan(inputs, attributes, evaluate),
  cond: (inputs, attributes) => cond(inputs, attributes, evaluate),
  while: (inputs, attributes) => whileLoop(inputs, attributes, evaluate),
} satisfies Kernels;
