import { type Change, picked } from "./change.ts";

/** A Discretization that knows no boundaries says null; before, an empty list of them. */
export const keras309: Change = {
  since: 309,
  configs: {
    "keras.layers>Discretization": {
      read(config) {
        const { bin_boundaries: boundaries, num_bins: bins } = config;
        const isUnknown = Array.isArray(boundaries) && boundaries.length === 0 && bins !== null;
        return isUnknown
          ? Object.assign(picked(config, Object.keys(config)), { bin_boundaries: null })
          : config;
      },
      write(config) {
        if (config.bin_boundaries === null) config.bin_boundaries = [];
        return config;
      },
    },
  },
};
