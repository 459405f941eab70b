/** What an answer was, so far as it is looked at. `reusable`: the connection may carry another request. */
export type Response = { readonly status: number; readonly body: string; readonly reusable: boolean };

/** Reads one HTTP/1.1 answer. `push` and `end` give the answer once it is complete, `bad` where it is not HTTP. */
export type Reader = {
  readonly push: (bytes: Buffer) => Response | 'more' | 'bad';
  readonly end: () => Response | 'bad';
};

/** Bodies are read up to here, and so is the head: more than this answers no question of ours. */
export const limit = 65_536;

type Framing = { readonly kind: 'none' | 'chunked' | 'close' } | { readonly kind: 'length'; readonly length: number };

const framingOf = (method: string, status: number, head: string): Framing => {
  if (method === 'HEAD' || status === 204 || status === 304) return { kind: 'none' };
  if (/\r\ntransfer-encoding:[^\r]*\bchunked/i.test(head)) return { kind: 'chunked' };
  const length = /\r\ncontent-length: *([0-9]+)/i.exec(head)?.[1];
  return length === undefined ? { kind: 'close' } : { kind: 'length', length: Number(length) };
};

/** Decodes what is there of a chunked body; null where it is not one. */
const dechunk = (text: string): { readonly body: string; readonly complete: boolean } | null => {
  let body = '';
  for (let at = 0; ;) {
    const eol = text.indexOf('\r\n', at);
    if (eol < 0) return { body, complete: false };
    const size = /^[0-9a-f]+/i.exec(text.slice(at, eol))?.[0];
    if (size === undefined) return null;
    const length = parseInt(size, 16);
    if (length === 0) return { body, complete: text.startsWith('\r\n', eol + 2) || text.includes('\r\n\r\n', eol + 2) };
    body += text.slice(eol + 2, eol + 2 + length);
    at = eol + 2 + length + 2;
    if (text.length < at) return { body, complete: false };
  }
};

/** A reader for the answer to one request of this method. Bytes are taken as Latin-1: nothing here depends on characters. */
export const responseReader = (method: string): Reader => {
  let text = '';
  let head: { readonly status: number; readonly framing: Framing; readonly keep: boolean } | null = null;
  const answer = (body: string, reusable: boolean): Response => ({
    status: head!.status,
    body,
    reusable: reusable && head!.keep,
  });

  const readHead = (): 'more' | 'bad' | 'read' => {
    const stop = text.indexOf('\r\n\r\n');
    const status = /^HTTP\/1\.[01] ([0-9]{3})[ \r]/.exec(text)?.[1];
    if (status === undefined && (text.length > 13 || !'HTTP/1.'.startsWith(text.slice(0, 7)))) return 'bad';
    if (stop < 0 || status === undefined) return text.length > limit ? 'bad' : 'more';
    const fields = text.slice(0, stop + 2);
    text = text.slice(stop + 4);
    // Interim answers are not the answer; 101 would be, and no request of ours asks for it.
    if (status.startsWith('1') && status !== '101') return readHead();
    head = {
      status: Number(status),
      framing: framingOf(method, Number(status), fields),
      keep: !/\r\nconnection:[^\r]*\bclose/i.test(fields),
    };
    return 'read';
  };

  const readBody = (): Response | 'more' | 'bad' => {
    const { framing } = head!;
    if (framing.kind === 'none') return answer('', text === '');
    if (framing.kind === 'length' && text.length >= framing.length)
      return answer(text.slice(0, framing.length), text.length === framing.length);
    if (framing.kind === 'chunked') {
      const found = dechunk(text);
      if (found === null) return 'bad';
      if (found.complete) return answer(found.body, true);
    }
    return text.length > limit ? answer(text.slice(0, limit), false) : 'more';
  };

  return {
    push: (bytes) => {
      text += bytes.toString('latin1');
      if (head === null) {
        const state = readHead();
        if (state !== 'read') return state;
      }
      return readBody();
    },
    // A body that breaks off still had a head: the status is the answer.
    end: () => (head === null ? 'bad' : answer(text.slice(0, limit), false)),
  };
};
