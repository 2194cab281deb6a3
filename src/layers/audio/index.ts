export { MelSpectrogram, type MelSpectrogramOptions } from "./mel-spectrogram.ts";
export { STFTSpectrogram, type STFTSpectrogramOptions } from "./stft-spectrogram.ts";
