import { join } from 'node:path';
import t from 'tap';
import { parse } from 'yaml';
import { projectRoot } from '../../../../harness/declare/discover/index.ts';
import { readStack } from '../../../../harness/declare/stack/index.ts';
import { overrideFor } from '../../../../harness/execute/stack/index.ts';

const run = 'r20261124-055000-ab12';

t.test("everything that a compose file makes gets the run's label", async (t) => {
  const compose = readStack(join(projectRoot, 'fixtures/stacks/envoy-envoy')).compose;
  const made = parse(compose) as Record<string, Record<string, unknown>>;
  const override = parse(overrideFor(compose, run)) as Record<string, Record<string, unknown>>;
  for (const kind of ['services', 'networks'])
    t.strictSame(Object.keys(override[kind]!).toSorted(), Object.keys(made[kind]!).toSorted(), kind);
  const mine = `services: { web: { image: x, labels: { holdfast: another } } }
networks: { default: , mesh: { internal: true } }
volumes: { data: }
`;
  t.strictSame(parse(overrideFor(mine, run)), {
    services: { web: { labels: { holdfast: run } } },
    networks: { default: { labels: { holdfast: run } }, mesh: { labels: { holdfast: run } } },
    volumes: { data: { labels: { holdfast: run } } },
  });
  t.strictSame(Object.keys(parse(overrideFor('services: {}', run)) as object), ['services'], 'and nothing is made up');
});

t.test('what is no compose file is refused with the file and a hint', async (t) => {
  for (const text of ['', 'services: [web]', 'version: "3"', '- a', 'services: {', '"text"', 'networks: { a: }']) {
    t.throws(
      () => overrideFor(text, run),
      { code: 'bad-input', place: { file: 'compose.yaml' }, hint: /\S/ },
      JSON.stringify(text),
    );
  }
});
