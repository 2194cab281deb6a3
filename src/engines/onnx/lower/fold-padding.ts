import type { Instruction, Padding } from "../../../program/primitives.ts";
import type { Value } from "../../../program/value.ts";

/**
 * The instructions with the zeros around an image taken into what reads it: `conv` has padding of its own, and so has
 * `max_pool`, which counts none, where nothing in the image is less than zero. ONNX Runtime does so only between some
 * operators, and turns the axes of an image for a Pad that stands alone.
 */
export function foldPadding(instructions: readonly Instruction[]): Instruction[] {
  const makers = new Map<Value, Instruction>();
  return instructions.map((instruction) => {
    const folded = fold(instruction, makers);
    for (const output of folded.outputs) makers.set(output, folded);
    return folded;
  });
}

function fold(instruction: Instruction, makers: ReadonlyMap<Value, Instruction>): Instruction {
  if (instruction.primitive !== "conv" && instruction.primitive !== "max_pool") return instruction;
  const [padded, ...others] = instruction.inputs;
  const pad = padded && makers.get(padded);
  if (pad?.primitive !== "pad" || !isZeroAround(pad)) return instruction;
  const [image] = pad.inputs;
  if (!image) return instruction;
  const around = pad.attributes.padding.slice(1, -1);
  const padding = instruction.attributes.padding.map(([low, high], axis): Padding[number] => {
    const [before, after] = around[axis] ?? [0, 0];
    return [low + before, high + after];
  });
  const inputs = [image, ...others];
  if (instruction.primitive === "conv")
    return { ...instruction, inputs, attributes: { ...instruction.attributes, padding } };
  const { window } = instruction.attributes;
  // Each window has some of the image in it.
  const isInside = padding.every(([low, high], axis) => Math.max(low, high) < (window[axis] ?? 0));
  if (!isInside || !isNeverNegative(makers.get(image))) return instruction;
  return { ...instruction, inputs, attributes: { ...instruction.attributes, padding } };
}

/** Whether it adds zeros to the axes between the batch and the channels, and nothing else. */
function isZeroAround({ attributes: { padding, mode, value } }: Instruction<"pad">): boolean {
  const isSpatial = padding.every(([low, high], axis) => {
    const isInner = axis > 0 && axis < padding.length - 1;
    return isInner ? low >= 0 && high >= 0 : low === 0 && high === 0;
  });
  return mode === "constant" && value === 0 && isSpatial;
}

function isNeverNegative(maker: Instruction | undefined): boolean {
  if (!maker) return false;
  return maker.primitive === "relu" || (maker.primitive === "clamp" && maker.attributes.min >= 0);
}
