import t from 'tap';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../harness/declare/discover/index.ts';
import { openPlan } from '../../harness/declare/plan/index.ts';
import { openGate } from '../../harness/declare/gate/index.ts';
import { parseDuration } from '../../harness/cli/run/budget/index.ts';
import { stacksNamed } from '../../harness/cli/run/index.ts';
import { faultsOfCi } from '../support/schemas/ci.ts';
import { action, gitlab, paths, stepNamed, textOf, workflow } from './files.ts';

const scripts = (): readonly string[] => [
  ...action.runs.steps.flatMap(({ run }) => (run === undefined ? [] : [run])),
  ...gitlab.holdfast.script,
];

t.test('action, workflow and template are valid by the published schemas', async (t) => {
  t.strictSame(faultsOfCi(textOf(paths.action), 'github-action'), []);
  t.strictSame(faultsOfCi(textOf(paths.workflow), 'github-workflow'), []);
  t.strictSame(faultsOfCi(textOf(paths.gitlab), 'gitlab-ci'), []);
  const broken = [
    [paths.action, 'github-action', 'using: composite', 'using: compsite'],
    [paths.workflow, 'github-workflow', 'timeout-minutes:', 'timeout-minuets:'],
    [paths.gitlab, 'gitlab-ci', 'when: always', 'when: allways'],
  ] as const;
  for (const [path, schema, from, to] of broken)
    t.not(faultsOfCi(textOf(path).replace(from, to), schema).length, 0, `${to} is refused`);
});

t.test('what is put into a script comes as a variable, never as text of the script', async (t) => {
  for (const script of scripts()) t.notMatch(script, '${{', script);
  for (const script of scripts())
    // shellcheck's SC2086, for the variables that come from outside.
    t.notMatch(script.replace(/"[^"]*"/g, '""'), /\$(STACKS|PLAN|BUDGET|GATE|BASELINE|OVERLAY|HOLDFAST)/, 'in quotes');
});

t.test('each action of others is pinned to a commit, and says its version', async (t) => {
  for (const path of readdirSync(join(projectRoot, '.github/workflows'))
    .map((name) => `.github/workflows/${name}`)
    .concat(paths.action))
    for (const [line] of textOf(path).matchAll(/^.*\buses: .*$/gm))
      t.match(line, /uses: (\.\/|[\w-]+(\/[\w-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/, line.trim());
});

t.test('a job can do no more than it must', async (t) => {
  t.strictSame(workflow.permissions, {});
  t.strictSame(workflow.jobs.holdfast.permissions, {
    contents: 'read',
    'security-events': 'write',
    actions: 'read',
  });
});

t.test('the defaults name what there is, and leave time beside the budget', async (t) => {
  const given = [
    {
      plan: action.inputs['plan']!.default,
      stacks: action.inputs['stacks']!.default,
      budget: action.inputs['budget']!.default,
      gate: action.inputs['gate']!.default,
    },
    {
      plan: gitlab.variables['HOLDFAST_PLAN']!,
      stacks: gitlab.variables['HOLDFAST_STACKS']!,
      budget: gitlab.variables['HOLDFAST_BUDGET']!,
      gate: gitlab.variables['HOLDFAST_GATE']!,
    },
  ];
  for (const { plan, stacks, budget, gate } of given) {
    t.ok(openPlan(plan).lighterFile, 'a plan that can be stepped down');
    t.ok(stacksNamed([stacks]).length > 0);
    t.ok(parseDuration(budget) > 0);
    t.equal(openGate(gate).id, gate);
  }
  const { holdfast } = workflow.jobs;
  const [, budget = ''] = /'(\w+)'/.exec(holdfast.steps.at(-1)!.with!['budget']!) ?? [];
  t.ok(parseDuration(budget) + 20 * 60_000 <= holdfast['timeout-minutes'] * 60_000);
});

t.test('what a night leaves is uploaded whatever it came to', async (t) => {
  for (const name of ['Upload the night', 'Upload the incidents', 'Keep the last good nights', 'Verdict'])
    t.match(stepNamed(name).if, /^always\(\)/, name);
  t.equal(action.runs.steps.at(-1)!.name, 'Verdict', 'the verdict is last, after everything was uploaded');
  t.match(gitlab.holdfast, { artifacts: { when: 'always' } });
});

t.test('docs/nightly.md is true to the files', async (t) => {
  const page = textOf('docs/nightly.md');
  for (const name of [...Object.keys(action.inputs), ...Object.keys(action.outputs)])
    t.match(page, `\`${name}\``, name);
  for (const name of Object.keys(gitlab.variables)) t.match(page, `\`${name}\``, name);
  const pins = [textOf(paths.action), textOf(paths.workflow)].join('\n');
  for (const [pin] of page.matchAll(/[\w-]+\/[\w-]+@[0-9a-f]{40} # v[\d.]+/g)) t.match(pins, pin, 'the same pins');
  const known = readdirSync(join(projectRoot, 'harness/cli/commands')).map((file) => file.replace(/\.ts$/, ''));
  const named = [...page.matchAll(/npx holdfast ([a-z-]+)/g)].map(([, command]) => command!);
  t.ok(named.length > 5);
  for (const command of named) t.ok(known.includes(command), command);
  const links = [...page.matchAll(/\]\((\.\.\/[^)]+)\)/g)].map(([, link]) => join('docs', link!));
  for (const link of links) t.ok(textOf(link).length > 0, link);
  const rows = [...page.matchAll(/^\| `([\w-]+)` +\|[^|]*\| +`([^`]*)` +\|$/gm)];
  t.ok(rows.length > 5, 'the table of inputs');
  for (const [, name, value] of rows) t.equal(action.inputs[name!]!.default, value, `the default of ${name}`);
});
