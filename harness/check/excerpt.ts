/** Control characters, bidirectional and invisible formatting, line separators and lone surrogates: what could lie to a reader. */
const unseen =
  // eslint-disable-next-line no-control-regex -- they are what this is about
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const longest = 300;

/** Text from the wire as it may stand in an excerpt: unseen characters as `\xNN` or `\u{NNNN}`, cut at 300 characters. */
export const visible = (text: string): string => {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return cut.replace(unseen, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
  });
};

/** A time of the run for people: `12.345 s`. */
export const seconds = (atMs: number): string => `${(atMs / 1000).toFixed(3)} s`;
