import fc from 'fast-check';
import t from 'tap';
import type { Form } from '../../../harness/model/index.ts';
import { drawCorpus, spreadCorpus } from '../../../harness/schedule/corpus.ts';
import { randomStream } from '../../../harness/schedule/random.ts';
import { attacks } from './inputs.ts';

const [base] = attacks[0]!.attack.attempts({} as never);
const formsOf = (cells: number, each: number): readonly Form[] =>
  Array.from({ length: cells * each }, (_, i) => ({
    ...base!,
    variant: `v${i % cells}`,
    send: { ...base!.send, port: i + 1 },
  }));
const phases = [
  { id: 'rest', startMs: 0, endMs: 1000 },
  { id: 'spike', startMs: 1000, endMs: 5000 },
];

t.test('a draw has every kind, is as large as asked for, and depends on the seed alone', async (t) => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 6 }),
      fc.nat(150),
      fc.string(),
      (cells, each, count, seed) => {
        const forms = formsOf(cells, each);
        const drawn = drawCorpus(forms, count, randomStream(seed, 'x'));
        t.equal(drawn.length, Math.min(forms.length, Math.max(count, cells)));
        t.equal(new Set(drawn).size, drawn.length, 'none twice');
        t.equal(new Set(drawn.map(({ variant }) => variant)).size, cells, 'every kind');
        t.same(drawn, drawCorpus(forms, count, randomStream(seed, 'x')));
      },
    ),
    { numRuns: 50 },
  );
});

t.test('every form is sent, within its phase and clear of what blocks it', async (t) => {
  const open = formsOf(7, 5).map((form, index) => ({
    index,
    form,
    blocked: index % 2 === 0 ? [[1500, 2500] as const] : [],
  }));
  const slots = spreadCorpus(3, open, phases, [15, 25], randomStream('seed', 'x'));
  t.equal(slots.length, 40);
  t.equal(new Set(slots.map(([, , form]) => form)).size, 35, 'each at least once');
  t.ok(slots.every(([at, attack]) => attack === 3 && at >= 0 && at <= 5000));
  t.ok(slots.every(([at, , form]) => form % 2 === 1 || at <= 1500 || at >= 2500));
  t.equal(slots.filter(([at]) => at <= 1000).length, 15);
});
