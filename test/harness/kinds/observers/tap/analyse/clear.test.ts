import t from 'tap';
import { identityIn } from '../../../../../../harness/kinds/observers/tap/analyse/clear.ts';

const told = (payload: string): string | null => {
  let text: string | null = null;
  identityIn(Buffer.from(payload), (one) => {
    text = one;
    return null;
  });
  return text;
};

const identity = 'r20261127-182305-f0ae01.attack.42.0123456789abcdef';

t.test('the identity of a clear payload, wherever it stands', async (t) => {
  t.equal(told(`GET / HTTP/1.1\r\nx-holdfast-id: ${identity}\r\n\r\n`), identity);
  t.equal(told(identity), identity);
  t.equal(told('GET / HTTP/1.1\r\n\r\n'), null);
  t.equal(told('.attack.42.0123456789abcdef'), null, 'one without a run is none');
});

// A header of this length is what attacks send. The search took minutes, and the run seemed to hang while the taps were read.
t.test('a megabyte of letters is read once, not again from each letter', async (t) => {
  const letters = 'a'.repeat(1 << 20);
  t.equal(told(letters), null);
  t.equal(told(`${letters}\r\nx-holdfast-id: ${identity}`), identity);
});
