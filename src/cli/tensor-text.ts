import { toNumbers } from "../tensor/cast.ts";
import { formatShape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";

const most = 8;

/** An array in one line: its name, shape and dtype, and its first numbers. */
export function tensorText(name: string, { shape, dtype, data, size }: Tensor): string {
  const shown = Math.min(size, most);
  const numbers = Array.from(toNumbers(new Tensor(dtype, [shown], data.subarray(0, shown))), (value) =>
    Number(value.toPrecision(6)),
  );
  return `${name} ${formatShape(shape)} ${dtype}: ${numbers.join(" ")}${size > most ? " …" : ""}`;
}
