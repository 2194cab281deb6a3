/** What windows of a locally connected layer see, and how many kernels there are. */
export interface LocalWindows {
  /** The sizes of the input along its dimensions of space. */
  readonly sizes: readonly number[];
  readonly channels: number;
  readonly filters: number;
  readonly kernel_size: readonly number[];
  readonly strides: readonly number[];
  readonly padding: "valid" | "same";
  readonly data_format: "channels_last" | "channels_first";
}

/** How many windows there are along each dimension. */
export function windowCounts({ sizes, kernel_size, strides, padding }: LocalWindows): number[] {
  return sizes.map((size, i) => {
    const reached = padding === "same" ? size : size - kernel_size[i]! + 1;
    return Math.max(0, Math.ceil(reached / strides[i]!));
  });
}

/** How many windows there are, and how many numbers each sees. */
export function windowSizes(windows: LocalWindows): readonly [count: number, each: number] {
  return [product(windowCounts(windows)), product(windows.kernel_size) * windows.channels];
}

/** Where the window before whose place all its own are begins: `"same"` has the place in its middle. */
function startOf({ kernel_size, strides, padding }: LocalWindows, axis: number, place: number): number {
  const before = padding === "same" ? Math.floor(kernel_size[axis]! / 2) : 0;
  return place * strides[axis]! - before;
}

/** How many pairs of a number that comes in and one that comes out are connected. */
export function connections(windows: LocalWindows): number {
  const counts = windowCounts(windows);
  const pairs = windows.sizes.map((size, axis) => {
    let sum = 0;
    for (let place = 0; place < counts[axis]!; place++) {
      const start = startOf(windows, axis, place);
      sum += Math.min(size, start + windows.kernel_size[axis]!) - Math.max(0, start);
    }
    return sum;
  });
  return product(pairs) * windows.channels * windows.filters;
}

/**
 * Of each window and each number in it the place of that number in a sample's input, in a row as the data format has
 * it; -1 beyond the edge. Numbers of a window follow each other as the data format has them.
 */
export function inputPlaces(windows: LocalWindows): Int32Array {
  const { sizes, channels, kernel_size, data_format } = windows;
  const counts = windowCounts(windows);
  const [area, whole, count] = [product(kernel_size), product(sizes), product(counts)];
  const places = new Int32Array(count * area * channels);
  let at = 0;
  const spots = new Int32Array(area);
  for (let window = 0; window < count; window++) {
    const starts = unravel(window, counts).map((place, axis) => startOf(windows, axis, place));
    for (let i = 0; i < area; i++) {
      const spot = unravel(i, kernel_size).map((offset, axis) => offset + starts[axis]!);
      spots[i] = spot.every((n, axis) => n >= 0 && n < sizes[axis]!) ? ravel(spot, sizes) : -1;
    }
    if (data_format === "channels_last")
      for (const spot of spots)
        for (let channel = 0; channel < channels; channel++)
          places[at++] = spot < 0 ? -1 : spot * channels + channel;
    else
      for (let channel = 0; channel < channels; channel++)
        for (const spot of spots) places[at++] = spot < 0 ? -1 : channel * whole + spot;
  }
  return places;
}

/** The place of a number that comes out in a sample's output, of its window and its filter. */
function outputPlace({ filters, data_format }: LocalWindows, count: number, window: number, filter: number) {
  return data_format === "channels_last" ? window * filters + filter : filter * count + window;
}

/**
 * Of each window, each number in it and each filter the place of its weight in a kernel that is a table of all numbers
 * that come in and all that come out; 0 beyond the edge.
 */
export function tablePlaces(windows: LocalWindows): Int32Array {
  const count = product(windowCounts(windows));
  const across = count * windows.filters;
  return weightPlaces(windows, (input, output) => input * across + output);
}

/** The same in a kernel that is a list of the connections there are, by where they lead and then where they come from. */
export function listPlaces(windows: LocalWindows): Int32Array {
  const { sizes, channels } = windows;
  const whole = product(sizes) * channels;
  const keys = new Float64Array(connections(windows));
  let at = 0;
  eachWeight(windows, (input, output) => {
    if (input >= 0) keys[at++] = output * whole + input;
  });
  keys.sort();
  const order = new Map<number, number>();
  for (const [i, key] of keys.entries()) order.set(key, i);
  return weightPlaces(windows, (input, output) => order.get(output * whole + input)!);
}

function weightPlaces(windows: LocalWindows, place: (input: number, output: number) => number): Int32Array {
  const { kernel_size, channels, filters } = windows;
  const places = new Int32Array(product(windowCounts(windows)) * product(kernel_size) * channels * filters);
  let at = 0;
  eachWeight(windows, (input, output) => {
    places[at++] = input < 0 ? 0 : place(input, output);
  });
  return places;
}

function eachWeight(windows: LocalWindows, visit: (input: number, output: number) => void): void {
  const count = product(windowCounts(windows));
  const inputs = inputPlaces(windows);
  const each = count === 0 ? 0 : inputs.length / count;
  for (let window = 0; window < count; window++)
    for (let i = 0; i < each; i++)
      for (let filter = 0; filter < windows.filters; filter++)
        visit(inputs[window * each + i]!, outputPlace(windows, count, window, filter));
}

export function product(sizes: readonly number[]): number {
  return sizes.reduce((all, size) => all * size, 1);
}

/** The place in a row as places along dimensions, the last of which runs fastest. */
function unravel(place: number, sizes: readonly number[]): number[] {
  let rest = place;
  return sizes
    .toReversed()
    .map((size) => {
      const along = rest % size;
      rest = Math.floor(rest / size);
      return along;
    })
    .reverse();
}

function ravel(places: readonly number[], sizes: readonly number[]): number {
  return places.reduce((row, place, axis) => row * sizes[axis]! + place, 0);
}
