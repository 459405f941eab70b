import t from 'tap';
import { parse } from 'yaml';
import { discoverAttackMetas, discoverSabotages } from '../../harness/declare/discover/index.ts';
import { applyOverlay } from '../../harness/declare/overlay/index.ts';
import { readPolicy } from '../../harness/declare/policy/index.ts';
import { discoverStacks, membersOf } from '../../harness/declare/stack/index.ts';
import { renderConfiguration } from '../support/render.ts';

/** Every sabotage of every product: its overlay fits the configuration that it weakens, and changes it. */
const stacks = new Map(discoverStacks().map((stack) => [stack.id, stack]));
const sabotages = discoverSabotages();

/** The configuration of a stack, rendered once. */
const configurations = new Map<string, ReadonlyMap<string, string>>();
const configurationOf = (name: string): ReadonlyMap<string, string> => {
  const stack = stacks.get(name)!;
  const rendered =
    configurations.get(name) ??
    renderConfiguration(readPolicy(stack.policy, membersOf(stack)), stack, { today: '2026-01-01' });
  configurations.set(name, rendered);
  return rendered;
};

/** The services of a stack, by name. */
const known = new Map<string, Readonly<Record<string, unknown>>>();
const servicesOf = (name: string): Readonly<Record<string, unknown>> => {
  const services =
    known.get(name) ??
    (parse(configurationOf(name).get('compose.yaml')!) as { services: Record<string, unknown> }).services;
  known.set(name, services);
  return services;
};

t.ok(sabotages.length > 0, 'sabotages were discovered');
for (const { id, stacks: own, overlay, byHand, sources } of sabotages) {
  t.test(id, async (t) => {
    t.ok(sources.length > 0, 'says where it is from');
    for (const name of own) {
      const rendered = configurationOf(name);
      const mounted = overlay === null ? rendered : applyOverlay(rendered, overlay).files;
      const folders = [[rendered, overlay] as const, [mounted, byHand?.overlay ?? null] as const];
      for (const [files, folder] of folders)
        if (folder !== null) t.ok(applyOverlay(files, folder).diff.length > 0, `${name}: something is changed`);
      for (const { service } of byHand?.steps ?? []) t.ok(service in servicesOf(name), `${name} has ${service}`);
    }
  });
}

/** Attacks that no sabotage says it is caught by: nothing shows that they would notice anything. */
const unproven = (attacks: readonly string[], all: readonly { readonly caughtBy: readonly string[] }[]) =>
  attacks.filter((id) => !all.some(({ caughtBy }) => caughtBy.includes(id)));

t.test('every attack has a sabotage that it must catch', async (t) => {
  const attacks = [...discoverAttackMetas().keys()];
  t.ok(attacks.length > 0);
  t.strictSame(unproven(attacks, sabotages), [], 'name each in the caughtBy of a sabotage: see CONTRIBUTING.md');
  t.strictSame(unproven([...attacks, 'Z9'], sabotages), ['Z9'], 'a new attack without one is found');
  for (const id of attacks)
    t.strictSame(
      unproven(
        attacks,
        sabotages.filter(({ caughtBy }) => !caughtBy.includes(id)),
      ).includes(id),
      true,
      `${id}: and so is one that lost its own`,
    );
});
