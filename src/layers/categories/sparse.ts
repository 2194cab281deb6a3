import type { Layer } from "../layer.ts";

/** Complains about a layer that is to give sparse tensors. */
export function refuseSparse(layer: Layer & { readonly sparse: boolean }): void {
  if (layer.sparse)
    throw layer.problem("expected sparse to be false, received true. There are no sparse tensors here.");
}
