import { expect, it } from "vitest";
import { Input } from "../core/input-layer.ts";
import { GRU, LSTM, SimpleRNN } from "./index.ts";

it.each([GRU, LSTM, SimpleRNN])(
  "a stateful $className takes no memory before its states are read",
  (Class) => {
    const layer = new Class({ units: 4, stateful: true });
    layer.apply(Input({ batch_shape: [2 ** 40, 3, 2] }));
    const [state] = [layer.states].flat();
    expect(state).toMatchObject({ shape: [2 ** 40, 4], isMaterialized: false });
  },
);
