import fc from 'fast-check';
import t from 'tap';
import { limit, responseReader } from '../../../../../harness/kinds/senders/http1/response.ts';
import type { Response } from '../../../../../harness/kinds/senders/http1/response.ts';

/** Reads a text cut into pieces at the given places. */
const read = (method: string, text: string, cuts: readonly number[] = []): Response | 'more' | 'bad' => {
  const reader = responseReader(method);
  const places = [...new Set(cuts.map((cut) => cut % text.length))].sort((a, b) => a - b);
  let state: Response | 'more' | 'bad' = 'more';
  for (const [i, from] of [0, ...places].entries()) {
    const piece = text.slice(from, places[i]);
    if (piece !== '' && state === 'more') state = reader.push(Buffer.from(piece, 'latin1'));
  }
  return state;
};

const body = fc.stringMatching(/^[ -~\r\n]{0,80}$/);
const head = 'HTTP/1.1 200 OK\r\nServer: envoy\r\n';
const framed = fc.oneof(
  body.map((text) => ({ text, wire: `${head}Content-Length: ${text.length}\r\n\r\n${text}` })),
  fc
    .array(
      body.filter((text) => text !== ''),
      { maxLength: 4 },
    )
    .map((parts) => ({
      text: parts.join(''),
      wire: `${head}transfer-encoding: chunked\r\n\r\n${parts.map((part) => `${part.length.toString(16)}\r\n${part}\r\n`).join('')}0\r\n\r\n`,
    })),
);

t.test('however the bytes arrive, the answer is the same', async () => {
  fc.assert(
    fc.property(framed, fc.array(fc.nat(), { maxLength: 6 }), fc.boolean(), ({ text, wire }, cuts, interim) => {
      const found = read('GET', (interim ? 'HTTP/1.1 100 Continue\r\n\r\n' : '') + wire, cuts);
      return JSON.stringify(found) === JSON.stringify({ status: 200, body: text, reusable: true });
    }),
  );
});

t.test('framing', async (t) => {
  t.same(read('GET', 'HTTP/1.1 204 No Content\r\n\r\n'), { status: 204, body: '', reusable: true });
  t.same(read('HEAD', 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n'), { status: 200, body: '', reusable: true });
  t.same(read('GET', 'HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 2\r\n\r\nno'), {
    status: 403,
    body: 'no',
    reusable: false,
  });
  t.match(
    read('GET', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nab'),
    { reusable: false },
    'bytes beyond the answer spoil the connection',
  );
  t.equal(read('GET', '\x15\x03\x03\x00\x02\x02\x28'), 'bad', 'a TLS alert is not HTTP');
  t.equal(read('GET', `${head}transfer-encoding: chunked\r\n\r\nzz\r\n`), 'bad');
  t.match(
    read('GET', `${head}content-length: 9999999\r\n\r\n${'x'.repeat(limit + 1)}`),
    { status: 200, reusable: false },
    'no more than the limit is read',
  );
});

t.test('an end of the stream', async (t) => {
  const reader = responseReader('GET');
  t.equal(reader.end(), 'bad', 'before an answer');
  reader.push(Buffer.from('HTTP/1.1 200 OK\r\n\r\nuntil the end'));
  t.same(reader.end(), { status: 200, body: 'until the end', reusable: false }, 'as the end of a body');
});
