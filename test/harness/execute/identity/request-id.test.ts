import fc from 'fast-check';
import t from 'tap';
import { readRequestId, requestId } from '../../../../harness/execute/identity/index.ts';

const kinds = fc.constantFrom('legit', 'attack', 'twin', 'canary');

t.test('what was written is read back, by its own run and key only', async (t) => {
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(kinds, fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 32 }), (kind, seq, key) => {
        const id = requestId('r1-ab', key, kind, seq);
        const other = Uint8Array.from(key, (byte, i) => (i === 0 ? byte ^ 1 : byte));
        const read = readRequestId('r1-ab', key, id);
        return (
          read?.kind === kind &&
          read.seq === seq &&
          readRequestId('r2-ab', key, id) === null &&
          readRequestId('r1-ab', other, id) === null
        );
      }),
    ),
  );
});

t.test('any single altered character makes it nothing', async (t) => {
  const id = requestId('r1', 'key', 'attack', 1234);
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(fc.nat(id.length - 1), fc.constantFrom(...'0123456789abcdef.-x'), (at, char) => {
        const altered = id.slice(0, at) + char + id.slice(at + 1);
        return altered === id || readRequestId('r1', 'key', altered) === null;
      }),
    ),
  );
});
