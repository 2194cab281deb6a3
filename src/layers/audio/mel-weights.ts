/** Bands of a spectrum. */
export interface Bands {
  /** How many frequencies a spectrum has, from 0 to half the sampling rate. */
  readonly frequencies: number;
  readonly samplingRate: number;
  /** How many bands there are. */
  readonly count: number;
  /** Where the first band begins, in Hertz. */
  readonly lowest: number;
  /** Where the last one ends, in Hertz. */
  readonly highest: number;
}

/**
 * How much of each frequency is in each band, a row for each frequency: triangles that begin and end in the middle of
 * their neighbours, evenly wide in mel. Source: Keras 3.6 `layers/preprocessing/mel_spectrogram.py`.
 */
export function melWeights({ frequencies, samplingRate, count, lowest, highest }: Bands): Float32Array {
  const edges = evenly(mel(lowest), mel(highest), count + 2);
  const weights = new Float32Array(frequencies * count);
  for (const [i, frequency] of evenly(0, samplingRate / 2, frequencies).entries()) {
    if (i === 0) continue; // The lowest frequency is in no band.
    const at = mel(frequency);
    for (let band = 0; band < count; band++) {
      const [lower = 0, center = 0, upper = 0] = edges.subarray(band, band + 3);
      const slopes = Math.min((at - lower) / (center - lower), (upper - at) / (upper - center));
      weights[i * count + band] = Math.max(0, slopes);
    }
  }
  return weights;
}

/** Numbers from one to another, both included. */
function evenly(from: number, to: number, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
}

/** A frequency in Hertz as a height of tone. */
function mel(frequency: number): number {
  return 1127 * Math.log(1 + frequency / 700);
}
