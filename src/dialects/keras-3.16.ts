import { type Change, without } from "./change.ts";
import { type Call, eachCall, eachEntry } from "./graph.ts";
import { noteOriginal, originalOf } from "./notes.ts";

const passesNoMaskOn = { supportsMasking: false };

/**
 * Calls are recorded with the arguments they were given; before, with a `training` that nobody gave too. Only who
 * knows the class can tell it from one that was given. And what goes through a sequence step by step passes no mask
 * on (keras-team/keras#23235).
 */
export const keras316: Change = {
  since: 316,
  graphs: {
    "*": {
      read(config) {
        eachEntry(config, (entry) => eachCall(entry, takeTraining));
        return config;
      },
      write(config) {
        eachEntry(config, (entry) => eachCall(entry, giveBack));
        return config;
      },
    },
  },
  behaviour: {
    "keras.layers>RNN": passesNoMaskOn,
    "keras.layers>SimpleRNN": passesNoMaskOn,
    "keras.layers>GRU": passesNoMaskOn,
    "keras.layers>LSTM": passesNoMaskOn,
    "keras.layers>Bidirectional": passesNoMaskOn,
    "keras.layers>TimeDistributed": passesNoMaskOn,
  },
};

function takeTraining(call: Call): void {
  const { kwargs } = call;
  if (typeof kwargs.training !== "boolean") return;
  call.kwargs = without(kwargs, ["training"]);
  noteOriginal(call.kwargs, kwargs);
}

function giveBack(call: Call): void {
  call.kwargs = originalOf(call.kwargs);
}
