import t from 'tap';
import { parse } from 'yaml';
import { discoverSabotages } from '../../harness/declare/discover/index.ts';
import { applyOverlay } from '../../harness/declare/overlay/index.ts';
import { readPolicy } from '../../harness/declare/policy/index.ts';
import { discoverStacks, membersOf } from '../../harness/declare/stack/index.ts';
import { renderConfiguration } from '../support/render.ts';

/** Every sabotage of every product: its overlay fits the configuration that it weakens, and changes it. */
const stacks = new Map(discoverStacks().map((stack) => [stack.id, stack]));
const sabotages = discoverSabotages();

t.ok(sabotages.length > 0, 'sabotages were discovered');
for (const { id, stacks: own, overlay, byHand, sources } of sabotages) {
  t.test(id, async (t) => {
    t.ok(sources.length > 0, 'says where it is from');
    for (const name of own) {
      const stack = stacks.get(name)!;
      const rendered = renderConfiguration(readPolicy(stack.policy, membersOf(stack)), stack, { today: '2026-01-01' });
      const mounted = overlay === null ? rendered : applyOverlay(rendered, overlay).files;
      const folders = [[rendered, overlay] as const, [mounted, byHand?.overlay ?? null] as const];
      for (const [files, folder] of folders)
        if (folder !== null) t.ok(applyOverlay(files, folder).diff.length > 0, `${name}: something is changed`);
      const { services } = parse(rendered.get('compose.yaml')!) as { services: Record<string, unknown> };
      for (const { service } of byHand?.steps ?? []) t.ok(service in services, `${name} has ${service}`);
    }
  });
}
