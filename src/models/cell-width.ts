const zero =
  /[\p{M}\p{Cf}\p{Cc}\p{Zl}\p{Zp}\u1160-\u11ff\u3164\ud7b0-\ud7c6\ud7cb-\ud7fb\uffa0]|\p{Emoji_Modifier}/u;
const wide =
  /[\u1100-\u115f\u2329\u232a\u2630-\u2637\u268a-\u268f\u2e80-\u3029\u3030-\u303e\u3041-\u3247\u3250-\ua4c6\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18df2}\u{1aff0}-\u{1b2fb}\u{1d300}-\u{1d376}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}]|(?![\u{1f1e6}-\u{1f1ff}])\p{Emoji_Presentation}/u;
const narrowEmoji = /\p{Emoji}/u;
const simple = /^[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u2500-\u25fc]*$/;

const JOINER = "\u200d";
const EMOJI_VARIANT = "\ufe0f";

/** A piece of text that cannot be cut, and the cells of a terminal it takes. */
interface Grapheme {
  text: string;
  cells: number;
}

/** The cells of a terminal that a text takes: two for a wide character, none for a combining one. */
export function cellWidth(text: string): number {
  if (simple.test(text)) return text.length;
  return graphemes(text).reduce((sum, { cells }) => sum + cells, 0);
}

/** The beginning of a text that fills just so many cells; half a wide character becomes a space. */
export function cropToCells(text: string, cells: number): string {
  if (simple.test(text)) return text.slice(0, Math.max(0, cells));
  let left = "";
  let filled = 0;
  for (const { text: piece, cells: size } of graphemes(text)) {
    if (filled === cells && size > 0) break;
    if (filled + size > cells) return `${left} `;
    left += piece;
    filled += size;
  }
  return left;
}

function graphemes(text: string): Grapheme[] {
  const found: Grapheme[] = [];
  const characters = text[Symbol.iterator]();
  for (const character of characters) {
    const last = found.at(-1);
    const cells = widthOf(character);
    if (!last || cells > 0) {
      found.push({ text: character, cells });
      continue;
    }
    last.text += character;
    if (character === JOINER) last.text += characters.next().value ?? "";
    else if (character === EMOJI_VARIANT && last.cells === 1 && narrowEmoji.test(last.text)) last.cells = 2;
  }
  return found;
}

function widthOf(character: string): 0 | 1 | 2 {
  if (simple.test(character)) return 1;
  if (zero.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}
