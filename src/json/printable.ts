/**
 * What moves a terminal's cursor, hides or reorders text, breaks a line, or may not stand in XML: control and formatting
 * characters (bidirectional ones and those without a width among them), halves of a pair, separators of lines, and
 * `U+FFFE` and `U+FFFF`, which are no characters.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/gu;

/** A text without what could garble a terminal or may not stand in a file: such characters become `\u001b`. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, escapeUnits);
}

/** The same on one line of about `most` characters: of a longer text the middle is left out. */
export function printableLine(text: string, most: number): string {
  return middleOut(printable(middleOut(text, most).replace(/[ \t]*[\r\n]+[ \t]*/g, " ")), most);
}

function middleOut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most / 2)} … ${text.slice(-most / 2)}`;
}

function escapeUnits(character: string): string {
  let result = "";
  for (let i = 0; i < character.length; i++) {
    result += `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`;
  }
  return result;
}
