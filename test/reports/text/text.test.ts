import fc from 'fast-check';
import t from 'tap';
import { soundReport } from '../../../reports/samples/index.ts';
import {
  boundText,
  count,
  millisText,
  scopeNotes,
  shareText,
  visible,
  visibleLines,
} from '../../../reports/text/index.ts';
import { anyText } from '../../support/any-text.ts';

const percent = (text: string): number => Number(text.replace(/[≤%\s\u00a0,]/g, ''));

await t.test('a bound is never put lower than it was shown, and not much higher', (t) => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1, noNaN: true }), (bound) => {
      const shown = percent(boundText(bound)) / 100;
      return shown >= bound * (1 - 1e-6) && shown <= bound * 1.11;
    }),
  );
  t.equal(boundText(1 - 0.05 ** (1 / 2995)), '≤\u00a00.1\u00a0%');
  t.equal(boundText(0.001), '≤\u00a00.1\u00a0%');
  t.equal(boundText(null), '–');
  t.end();
});

await t.test('numbers', (t) => {
  t.equal(count(1234567), '1,234,567');
  t.equal(shareText(0.0001), '0.01\u00a0%');
  t.equal(millisText(1234.5), '1,235\u00a0ms');
  t.equal(millisText(100), '100\u00a0ms');
  t.equal(millisText(0.0421), '0.0421\u00a0ms');
  t.end();
});

await t.test('what was not tried is said, attack by attack', (t) => {
  const [first, second] = soundReport.attacks.filter(({ variants }) => variants.length > 1);
  if (first === undefined || second === undefined) throw new Error('no sample with several forms');
  const none = { attempts: 0, clusters: 0, refused: 0, admitted: 0, indeterminate: 0 };
  const empty = (attack: typeof first) => ({
    ...attack,
    variants: attack.variants.map((form, i) => (i === 0 ? { ...form, ...none } : form)),
  });
  const notes = scopeNotes({ ...soundReport, attacks: [empty(first), { ...empty(second), attempts: 0 }] });
  t.match(
    notes.join(' '),
    `no room for 1 of the ${first.variants.length} forms of ${first.id}; report.html shows which`,
  );
  t.notMatch(scopeNotes(soundReport).join(' '), 'no room');
  t.end();
});

await t.test('what acts on a screen is spelled out, what is read stays', (t) => {
  t.equal(visible('a\u001b[31m\u202eb\tü→日本'), 'a\\u001b[31m\\u202eb\\tü→日本');
  t.equal(visibleLines('a\r\nb\u0000'), 'a\nb\\u0000');
  fc.assert(fc.property(anyText, (text) => !/[\p{Cc}\u202a-\u202e\u2066-\u2069\p{Cs}]/u.test(visible(text))));
  t.end();
});
