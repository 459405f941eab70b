import type { SentBy } from '../../../../model/index.ts';

/** Reads an identity's text, `run.kind.seq.mac`, and checks its MAC; null where it is not this run's. */
export type Identify = (text: string) => { readonly kind: SentBy; readonly seq: number } | null;

const opening =
  /^(?:(?:GET|HEAD|POST|PUT|DELETE|OPTIONS|TRACE|PATCH|CONNECT) \S|HTTP\/1\.[01] \d|PRI \* HTTP\/2\.0\r\n)/;
/** An identity but for its run, which is looked for backwards: forwards, a long run of letters would be read again from each of them. */
const afterRun = /\.(?:legit|attack|twin|canary)\.\d{1,16}\.[0-9a-f]{16}/;
const runBefore = /[A-Za-z0-9-]{1,64}$/;
/** The harness's own header: ciphertext does not hold it but once in 2^80. */
const marker = 'x-holdfast';

/** True where a payload shows at first sight that it is clear: it opens as HTTP does, or holds the harness's own header. */
export const readsAsClear = (bytes: Buffer, start: number, end: number): boolean => {
  if (end - start < 8) return false;
  const first = bytes[start]!;
  // H is the first letter of HTTP/1.x, the others of a method: only these are worth the regular expression.
  if (first >= 0x43 && first <= 0x54 && opening.test(bytes.toString('latin1', start, Math.min(end, start + 24))))
    return true;
  return bytes.subarray(start, end).includes(marker, 0, 'latin1');
};

/** True where nearly all of a payload is printable text: random bytes of this length are that once in 10^6. */
export const isMostlyText = (bytes: Buffer, start: number, end: number): boolean => {
  if (end - start < 16) return false;
  let printable = 0;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at]!;
    if ((byte >= 0x20 && byte < 0x7f) || byte === 9 || byte === 10 || byte === 13) printable += 1;
  }
  return printable >= 0.9 * (end - start);
};

/** The identity that a clear payload carries, if any. */
export const identityIn = (payload: Buffer, identify: Identify): ReturnType<Identify> => {
  const text = payload.toString('latin1', 0, payload.length);
  const found = afterRun.exec(text);
  if (found === null) return null;
  const run = runBefore.exec(text.slice(Math.max(0, found.index - 64), found.index))?.[0];
  return run === undefined ? null : identify(run + found[0]);
};

/** The first 120 bytes at most, everything but printable ASCII escaped: safe in a terminal and in a log. */
export const excerptOf = (payload: Buffer): string =>
  [...payload.subarray(0, 120)]
    .map((byte) => {
      if (byte === 0x5c) return '\\\\';
      if (byte >= 0x20 && byte < 0x7f) return String.fromCharCode(byte);
      return `\\x${byte.toString(16).padStart(2, '0')}`;
    })
    .join('');
