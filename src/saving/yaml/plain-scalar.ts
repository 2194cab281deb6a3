/** A scalar as Python's YAML takes it. `isFloat` says of an integral number that it was written as a float. */
export interface Plain {
  readonly value: string | number | bigint | boolean | null;
  readonly isFloat: boolean;
}

/** Python refuses longer integers too. */
const MAX_DIGITS = 4300;

const none = /^(?:~|null|Null|NULL|)$/;
const yes = /^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const no = /^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const integer = /^([-+]?)(?:0b([01_]+)|0x([\da-fA-F_]+)|0([0-7_]+)|(0|[1-9][\d_]*))$/;
const float = /^(?:[-+]?\d[\d_]*\.[\d_]*|\.\d[\d_]*)(?:[eE][-+]\d+)?$/;
/** Hours, minutes and seconds, of which YAML 1.1 makes one number. */
const sixties = /^[-+]?(?:[1-9][\d_]*(?::[0-5]?\d)+|\d[\d_]*(?::[0-5]?\d)+\.[\d_]*)$/;
const infinite = /^([-+]?)\.(?:inf|Inf|INF)$/;
const nan = /^\.(?:nan|NaN|NAN)$/;

/**
 * What text without quotes stands for: null, a flag or a number where it is written as Python writes one, which is
 * YAML 1.1, or itself. Null for an integer that is too long.
 */
export function readPlain(text: string): Plain | null {
  if (none.test(text)) return { value: null, isFloat: false };
  if (yes.test(text) || no.test(text)) return { value: yes.test(text), isFloat: false };
  if (float.test(text)) return { value: Number(text.replaceAll("_", "")), isFloat: true };
  const sign = infinite.exec(text)?.[1];
  if (sign !== undefined) return { value: sign === "-" ? -Infinity : Infinity, isFloat: true };
  if (nan.test(text)) return { value: Number.NaN, isFloat: true };
  if (text.length <= MAX_DIGITS && sixties.test(text)) return readSixties(text.replaceAll("_", ""));
  const found = integer.exec(text);
  return found ? readInteger(found) : { value: text, isFloat: false };
}

function readSixties(text: string): Plain {
  const size = text
    .replace(/^[-+]/, "")
    .split(":")
    .reduce((sum, part) => sum * 60 + Number(part), 0);
  return { value: text.startsWith("-") ? -size : size, isFloat: text.includes(".") };
}

function readInteger([, sign, binary, hex, octal, decimal]: RegExpExecArray): Plain | null {
  const [prefix, digits] =
    binary !== undefined
      ? ["0b", binary]
      : hex !== undefined
        ? ["0x", hex]
        : octal !== undefined
          ? ["0o", octal]
          : ["", decimal ?? ""];
  const plain = digits.replaceAll("_", "");
  if (plain.length > MAX_DIGITS) return null;
  const size = plain === "" ? 0n : BigInt(prefix + plain);
  const value = sign === "-" ? -size : size;
  const number = Number(value);
  return { value: Number.isSafeInteger(number) ? number : value, isFloat: false };
}
