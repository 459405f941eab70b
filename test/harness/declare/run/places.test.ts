import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { projectRoot } from '../../../../harness/declare/discover/index.ts';
import { declareRun } from '../../../../harness/declare/run/index.ts';
import { shownPath } from '../../../../harness/declare/run/places.ts';

t.test('each place is the line of its file on which the part begins', async (t) => {
  const { places, policy, required } = await declareRun({ plan: 'sabotage', seed: 'one' });
  const lineOf = (part: string): string => {
    const place = places.find((one) => one.part === part)!;
    return readFileSync(join(projectRoot, place.file), 'utf8').split('\n')[place.line - 1] ?? '';
  };
  t.match(lineOf('tls'), /^tls:$/);
  t.match(lineOf('authentication'), /^authentication:$/);
  for (const { id } of policy.rules) t.match(lineOf(`rules.${id}`), new RegExp(`^  - id: ${id}$`));
  for (const { from, to } of policy.calls) t.match(lineOf(`calls.${from}-${to}`), new RegExp(`^  - from: ${from}$`));
  for (const { id } of policy.rateLimits) t.match(lineOf(`rateLimits.${id}`), new RegExp(`^  - id: ${id}$`));
  t.match(lineOf('waivers.traefik-edge.paths'), /^  - enforcer: traefik-edge$/);
  for (const { meta } of required) t.match(lineOf(`attacks.${meta.id}`), /^(attacks:|  ).*['*\w]/);
  t.strictSame(
    [...new Set(places.map(({ file }) => file))],
    ['fixtures/apps/shop/policy.yaml', 'scenarios/plans/sabotage.yaml'],
  );
});

t.test("a file of the project is shown from its root, a user's own from the working directory", async (t) => {
  t.equal(
    shownPath('/opt/holdfast/fixtures/apps/shop/policy.yaml', '/opt/holdfast', '/home/me/shop'),
    'fixtures/apps/shop/policy.yaml',
  );
  t.equal(shownPath('/home/me/shop/policy.yaml', '/opt/holdfast', '/home/me/shop'), 'policy.yaml');
  t.equal(shownPath('/home/me/plans/night.yaml', '/opt/holdfast', '/home/me/shop'), '../plans/night.yaml');
});
