/** Control and formatting characters that JSON leaves bare, but that can garble a terminal or reorder a line. */
const UNSAFE = /[\u007f-\u009f\u2028\u2029\p{Cf}]/gu;

/** Writes text of unknown origin in double quotes on one line, and cuts it where it is longer than `limit`. */
export function quote(text: string, limit = 80): string {
  const whole = text.length <= limit;
  const shown = whole ? text : `${text.slice(0, limit).replace(/[\ud800-\udbff]$/, "")}…`;
  return JSON.stringify(shown).replace(UNSAFE, escapeUnits);
}

function escapeUnits(character: string): string {
  let result = "";
  for (let i = 0; i < character.length; i++) {
    result += `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`;
  }
  return result;
}
