import t from 'tap';
import { markersOf } from '../../../../../harness/execute/attack/index.ts';
import { readJournal } from '../../../../../harness/kinds/observers/witness/journal.ts';
import { context, entry, id, write } from '../../../../support/journals.ts';

t.test('a spoofed value that became the path reached the workload too', async (t) => {
  const file = write(t.testdir(), 'storefront.ndjson', [
    entry(1, id('attack', 7), { p: `/${markersOf(7).marker}` }),
    entry(2, id('attack', 7), { p: '/catalogue' }),
    entry(3, id('legit', 7), { p: `/${markersOf(7).marker}` }),
  ]);
  const { seen } = readJournal(file, 'storefront', context);
  t.strictSame(
    seen.map(({ data }) => data['spoofed']),
    [[`:path: /${markersOf(7).marker}`], undefined, undefined],
  );
});
