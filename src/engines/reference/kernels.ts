import type { PrimitiveName } from "../../program/primitives.ts";
import { ctcKernels } from "./ctc.ts";
import { distributionKernels } from "./distributions.ts";
import { fourierKernels } from "./fourier.ts";
import { inFloat32 } from "./half.ts";
import type { Kernel } from "./kernel.ts";
import { linalgKernels } from "./linalg/kernels.ts";
import { textKernels } from "./text/kernels.ts";
import { usualKernels } from "./usual-kernels.ts";

/** How the reference engine computes each primitive. */
export const kernels: { readonly [K in PrimitiveName]: Kernel<K> } = {
  ...usualKernels,
  ...distributionKernels,
  ...inFloat32(fourierKernels),
  ...inFloat32(linalgKernels),
  ...inFloat32(ctcKernels),
  ...textKernels,
};
