import t from 'tap';
import { markersOf } from '../../../harness/execute/attack/index.ts';
import { collectWitness } from '../../../harness/record/collect/witness.ts';
import { context, entry, id, write } from './collect/journals.ts';

t.test('a spoofed value that became the path reached the workload too', async (t) => {
  const file = write(t.testdir(), 'storefront.ndjson', [
    entry(1, id('attack', 7), { p: `/${markersOf(7).marker}` }),
    entry(2, id('attack', 7), { p: '/catalogue' }),
    entry(3, id('legit', 7), { p: `/${markersOf(7).marker}` }),
  ]);
  const { records } = collectWitness(file, 'storefront', context);
  t.strictSame(
    records.map(({ data }) => data['spoofed']),
    [[`:path: /${markersOf(7).marker}`], undefined, undefined],
  );
});
