import { cholesky } from "./cholesky.ts";
import { eig } from "./eig.ts";
import { eigh } from "./eigh.ts";
import { lu } from "./lu.ts";
import { qr } from "./qr.ts";
import { solveKernels } from "./solve.ts";
import { svd } from "./svd.ts";

/** Kernels that take matrices apart, in float64. */
export const linalgKernels = { cholesky, lu, ...solveKernels, qr, svd, eigh, eig };
