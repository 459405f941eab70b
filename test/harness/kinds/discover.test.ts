import t from 'tap';
import { discoverKinds } from '../../../harness/kinds/index.ts';

const observer = (id: string): string => `
export const observer = { id: '${id}', record: undefined, losses: { torn: 'all' } };`;

t.test('an observer may not have the id under which the harness counts its own losses', async (t) => {
  for (const id of ['load', 'clock', 'other']) {
    const root = t.testdir({ observers: { [id]: { 'record.ts': observer(id) } } });
    await t.rejects(discoverKinds(root), { code: 'bad-input', message: new RegExp(`id of its own, found "${id}"`) });
  }
});
