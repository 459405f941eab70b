import t from 'tap';
import { discoverSabotages } from '../../harness/declare/discover/index.ts';
import { applyOverlay } from '../../harness/declare/overlay/index.ts';
import { readPolicy } from '../../harness/declare/policy/index.ts';
import { discoverStacks, membersOf } from '../../harness/declare/stack/index.ts';
import { renderConfiguration } from '../../harness/policy/index.ts';

/** Every folder under fixtures/sabotage: its overlay fits the configuration that it weakens, and changes it. */
const stacks = new Map(discoverStacks().map((stack) => [stack.id, stack]));
const sabotages = discoverSabotages();

t.ok(sabotages.length > 0, 'sabotages were discovered');
for (const { id, stacks: own, overlay, sources } of sabotages) {
  t.test(id, async (t) => {
    t.ok(sources.length > 0, 'says where it is from');
    for (const name of own) {
      const stack = stacks.get(name)!;
      const rendered = renderConfiguration(readPolicy(stack.policy, membersOf(stack)), stack, { today: '2026-01-01' });
      const { diff } = applyOverlay(rendered, overlay);
      t.ok(diff.length > 0 && diff.every(({ diff: text }) => text !== ''), `${name}: something is changed`);
    }
  });
}
