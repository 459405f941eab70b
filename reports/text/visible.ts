/**
 * Characters that a reader does not see or that act on the reader's screen: C0 and C1 controls (terminal escapes), soft
 * hyphen, Arabic letter mark, zero-width and bidirectional controls, line and paragraph separators, invisible operators,
 * byte order mark, interlinear annotation, tags, and lone surrogates (CVE-2021-42574; CWE-150).
 */
const unseen =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\p{Cs}]/gu;

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const spell = (character: string): string => {
  const point = character.codePointAt(0) ?? 0;
  return (
    short[character] ?? (point > 0xffff ? `\\u{${point.toString(16)}}` : `\\u${point.toString(16).padStart(4, '0')}`)
  );
};

/** Text from the wire as one line on which every control or invisible character is spelled out, e.g. `\u001b`. */
export const visible = (text: string): string => text.replace(unseen, spell);

/** The same for text of several lines, such as a request: line breaks stay, everything else is spelled out. */
export const visibleLines = (text: string): string => text.split(/\r?\n/).map(visible).join('\n');
