/**
 * The Keras whose configs those of TensorFlow.js are nearest to, for a model's text: 2.9, or the first that has "mish",
 * an activation of TensorFlow.js which 2.9 lacks.
 */
export function nearestTo(text: string): string {
  return text.includes('activation": "mish"') ? "2.13.0" : usual;
}

/** The one that TensorFlow.js knows best. */
export const usual = "2.9.0";
