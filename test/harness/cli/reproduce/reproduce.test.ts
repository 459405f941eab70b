import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { Held } from '../../../../harness/execute/run/index.ts';
import {
  answerOf,
  answerText,
  exitOfAnswer,
  heldText,
  openBundle,
  refuseForeignCompose,
  stackOfBundle,
} from '../../../../harness/cli/reproduce/index.ts';
import { reproduceTimes } from '../../../../harness/cli/reproduce/reproduce.ts';
import type { Attempted } from '../../../../harness/cli/reproduce/reproduce.ts';
import type { CommandContext } from '../../../../harness/cli/index.ts';
import { HoldfastError } from '../../../../harness/model/index.ts';
import { declarePart, renderedNow } from '../../../../harness/cli/reproduce/declare.ts';
import { shrinkText } from '../../../../harness/cli/reproduce/shrink-text.ts';
import { writeBundles } from '../../../../harness/cli/run/bundles.ts';
import { renderDeclared } from '../../../../harness/execute/run/index.ts';
import { writeHistory } from '../../../../harness/record/history/index.ts';
import { bundlesOf, serialiseBundle } from '../../../../harness/reproduce/index.ts';
import type { FinishedRun } from '../../../../harness/reproduce/index.ts';
import { serialise } from '../../../../harness/schedule/index.ts';
import { finishedRun } from '../../reproduce/finished.ts';

const one = finishedRun((attack, form) => attack === 'E2' && form === 1);
const several = finishedRun((attack) => attack === 'E2' || attack === 'E12');
const [bundle] = bundlesOf(one);

/** The folder of a run as an older version left it: without bundles. */
const folderOf = (folder: string, run: FinishedRun): string => {
  mkdirSync(join(folder, 'config/edge'), { recursive: true });
  writeHistory(join(folder, 'history.ndjson.gz'), run.records);
  writeFileSync(join(folder, 'schedule.json'), serialise(run.schedule));
  for (const [name, text] of Object.entries(run.configuration)) writeFileSync(join(folder, 'config', name), text);
  return folder;
};

t.test('an incident is found by its id, by its beginning, or because it is the only one', async (t) => {
  const folder = folderOf(t.testdir(), one);
  for (const wanted of [undefined, 'E2-two-edge', 'E2', ''])
    t.equal((await openBundle(folder, wanted)).incident.id, 'E2-two-edge');
  const file = join(folder, 'sent.json');
  writeFileSync(file, serialiseBundle(bundle!));
  t.ok(
    serialiseBundle(await openBundle(file, undefined)) === serialiseBundle(await openBundle(folder, 'E2')),
    'the file alone is enough',
  );
  writeBundles(folder, one);
  const written = await openBundle(join(folder, 'incidents/E2-two-edge/bundle.json'), undefined);
  t.equal(written.incident.id, 'E2-two-edge');
});

t.test('a bundle whose requests no sender of this version sends is refused, with its file', async (t) => {
  const file = join(t.testdir(), 'sent.json');
  writeFileSync(file, serialiseBundle(bundle!).replaceAll('"transport":"tls"', '"transport":"quic"'));
  await t.rejects(openBundle(file, undefined), {
    code: 'bad-run',
    message: /^part\.schedule: expected the form .* found "quic"/,
    hint: /h2c, hello, plain, tls/,
    place: { file },
  });
});

t.test('where it is not clear which incident is meant, the list is given', async (t) => {
  const folder = folderOf(t.testdir(), several);
  await t.rejects(openBundle(folder, undefined), {
    code: 'usage',
    message: /none given/,
    hint: /E2-one-edge\n +E2-two-edge/,
  });
  await t.rejects(openBundle(folder, 'E2-'), {
    code: 'usage',
    message: /beginning of 2/,
    hint: /^there are:\n {2}E2-one-edge\n {2}E2-two-edge$/,
  });
  await t.rejects(openBundle(folder, 'M3'), {
    code: 'usage',
    message: /"M3" is the beginning of none/,
    hint: /E12-one-edge/,
  });
  t.equal((await openBundle(folder, 'E2-o')).incident.id, 'E2-one-edge');
});

t.test('what is no run, no bundle, or a run without incidents says so', async (t) => {
  const folder = t.testdir({ empty: {}, 'bundle.json': '{"schema":"https://holdfast.dev/bundle/v1"' });
  await t.rejects(openBundle(join(folder, 'nothing'), undefined), { code: 'usage', hint: /reports\/runs/ });
  await t.rejects(openBundle(join(folder, 'empty'), undefined), { code: 'bad-run' });
  await t.rejects(openBundle(join(folder, 'bundle.json'), undefined), {
    code: 'bad-run',
    place: { file: /bundle\.json$/ },
  });
  const sound = folderOf(
    join(folder, 'sound'),
    finishedRun(() => false),
  );
  await t.rejects(openBundle(sound, undefined), { code: 'usage', message: /found none/ });
  const cut = folderOf(join(folder, 'cut'), one);
  writeFileSync(join(cut, 'schedule.json'), serialise(one.schedule).slice(0, 500));
  await t.rejects(openBundle(cut, undefined), { code: 'bad-run', place: { file: /schedule\.json$/ } });
});

t.test('a stack that this version does not know is refused with those that it does', async (t) => {
  t.equal(stackOfBundle(bundle!).id, 'envoy-envoy');
  t.throws(() => stackOfBundle({ ...bundle!, stack: { id: 'gone', title: 'Gone' } }), {
    code: 'bad-input',
    message: /gone/,
    hint: /envoy-envoy/,
  });
});

t.test('a run of a part mounts what was recorded, and nothing that this version renders', async (t) => {
  const given = bundle!;
  const declared = declarePart(given, given.part, stackOfBundle(given));
  t.strictSame(Object.fromEntries(renderDeclared(declared).files), given.configuration);
  t.match(declared, {
    plan: { attacks: given.part.schedule.attacks.map(({ id }) => id) },
    only: null,
    recorded: { overlay: given.overlay },
  });
});

t.test("a stranger's compose file is not run unasked; this version's own is", async (t) => {
  const folder = t.testdir({ 'bundle.json': '' });
  const stack = stackOfBundle(bundle!);
  const file = join(folder, 'bundle.json');
  await t.rejects(refuseForeignCompose(bundle!, stack, file), {
    code: 'bad-input',
    hint: /--trust/,
    place: { file },
  });
  await t.resolves(refuseForeignCompose(bundle!, stack, folder), 'a run folder is of this machine');
  const rendered = await renderedNow({ ...bundle!, overlay: [] }, stack);
  if (typeof rendered === 'string') return t.fail(rendered);
  const own = {
    ...bundle!,
    configuration: { ...bundle!.configuration, 'compose.yaml': rendered.get('compose.yaml')! },
  };
  await t.resolves(refuseForeignCompose(own, stack, file));
});

const outcome = (what: Attempted['outcome'], admitted = 0): Attempted => ({
  outcome: what,
  reason: what === 'unknown' ? 'the run was cut short' : null,
  admitted,
  of: 3,
  folder: '/runs/1',
});

t.test('the answer says k of n with its interval, and what differs', async (t) => {
  const broken = answerOf(
    bundle!,
    [outcome('reproduced', 3), outcome('not-reproduced'), outcome('unknown')],
    [{ what: 'version of envoy', recorded: '1', now: null }],
  );
  t.match(broken, { reproduced: 1, runs: 2, admitted: 3, of: 6, incident: 'E2-two-edge' });
  t.match(answerText(broken), /reproduced in 1 of 2 runs \(95% interval 1\.3% to 98\.8%; attempts admitted 3 of 6\)/);
  t.match(answerText(broken), /version of envoy: 1 → none/);
  t.match(answerText(broken), /unknown: the run was cut short/);
  t.match(
    answerText(answerOf(bundle!, [outcome('not-reproduced')], [])),
    /not reproduced in 1 run .*\n.*as it was recorded/,
  );
  t.match(answerText(answerOf(bundle!, [outcome('unknown')], null)), /no run showed anything/);
});

t.test('only what is reproduced is 1, and only what was seen not to be is 0', async (t) => {
  const exit = (...outcomes: readonly Attempted[]): number => exitOfAnswer(answerOf(bundle!, outcomes, null));
  t.equal(exit(outcome('reproduced', 1), outcome('unknown')), 1);
  t.equal(exit(outcome('not-reproduced'), outcome('not-reproduced')), 0);
  t.equal(exit(outcome('not-reproduced'), outcome('unknown')), 2);
  t.equal(exit(outcome('unknown')), 2);
  t.equal(exit(), 2);
});

t.test('after an interruption there is what there was, and nothing where there was nothing', async (t) => {
  const stop = new AbortController();
  const context = { signal: stop.signal, progress: () => undefined } as unknown as CommandContext;
  let runs = 0;
  const run = async (): Promise<Attempted> => {
    runs += 1;
    if (runs === 3) stop.abort();
    if (stop.signal.aborted) throw new HoldfastError('interrupted', 'stopped');
    return outcome('reproduced', 1);
  };
  t.equal((await reproduceTimes({ run, differences: () => null }, bundle!.part, 10, context)).length, 2);
  await t.rejects(
    reproduceTimes(
      { run: () => Promise.reject(new HoldfastError('no-image', 'none')), differences: () => null },
      bundle!.part,
      2,
      { ...context, signal: new AbortController().signal },
    ),
    { code: 'no-image' },
    'what makes every run vain ends it',
  );
});

t.test('a held stack is shown with its doors and its end', async (t) => {
  const stack = stackOfBundle(bundle!);
  const held: Held = {
    run: 'r20261124-120000-abcdef',
    stack,
    folders: { root: '/s', config: '/s/config', secrets: '/s/secrets', journal: '/s/journal' },
    members: [
      {
        service: stack.edge.service,
        role: 'edge',
        container: 'r1-edge-1',
        state: 'running',
        addresses: { public: '198.18.0.2', mesh: '198.18.1.2' },
      },
    ],
    request: { method: 'POST', path: '/a' },
    token: 'a.b.c',
  };
  const text = heldText(held, 'holdfast/toolbox:1');
  for (const port of stack.edge.adminPorts)
    t.match(text, `--network container:r1-edge-1 holdfast/toolbox:1 curl -s http://127.0.0.1:${port}/`);
  t.match(text, 'docker logs r1-edge-1');
  t.match(text, 'docker exec -it r1-edge-1 sh');
  t.match(text, `--resolve ${stack.edge.hostname}:${stack.edge.port}:198.18.0.2 -H 'authorization: Bearer a.b.c'`);
  t.match(text, `-X POST https://${stack.edge.hostname}:${stack.edge.port}/a`);
  t.match(text, '/s/journal');
  t.match(text, 'npx holdfast down r20261124-120000-abcdef');
});

t.test('what shrinking came to, or did not, is said', async (t) => {
  const base = {
    incident: 'E2-two-edge',
    stack: 'envoy-envoy',
    runs: 6,
    unknown: 1,
    stopped: false,
    differences: null,
  };
  t.match(shrinkText({ ...base, smallest: null, plan: null, command: null }), /not seen again in 6 runs, 1 of which/);
  const text = shrinkText({
    ...base,
    smallest: {
      bundle: '/o/smallest.json',
      attacks: [{ id: 'E2', forms: ['two at edge'] }],
      originalAttacks: 11,
      lengthMs: 3500,
      requests: 140,
      originalRequests: 14_000,
      shareOfRequests: 0.01,
      reproduced: 3,
      runs: 3,
      interval95: [0.2924, 1],
    },
    plan: { file: '/o/p.yaml', overlay: '/o/p', confirmed: false, reason: 'it broke', runs: 2, command: 'npx x' },
    command: 'npx holdfast reproduce /o/smallest.json',
  });
  t.match(text, /attacks: 1 of 11/);
  t.match(text, /requests: 140 of 14000 \(1%\)/);
  t.match(text, /confirmed: 3 of 3 further runs \(95% interval 29\.2% to 100%\)/);
  t.match(text, /not seen to find it \(it broke\): \/o\/p\.yaml/);
});
