import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { declareAndSchedule } from '../../harness/cli/run/index.ts';
import { serialise } from '../../harness/schedule/index.ts';
import { nothingLeft, reportOf, standsAlone } from './support/acceptance.ts';
import { holdfast, makePlace } from './support/cli.ts';
import type { Ended } from './support/cli.ts';
import { secretsIn } from './support/secrets.ts';
import { weaknesses } from './support/weaken.ts';

// The whole harness as a user meets it: the launcher as a child process, real containers, the short plan `sabotage`.
const place = makePlace();
t.teardown(place.remove);
t.setTimeout(600_000);

const seed = 'acceptance';

const run = (name: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> =>
  holdfast(place, ['run', 'sabotage', '--seed', seed, '--out', place.out(name), ...args], env);

t.test('a sound stack holds, and nothing of the run stays but its folder', async (t) => {
  const { code, err, out } = await run('sound', []);
  t.equal(code, 0, err);
  t.match(out, /HOLDS/);
  t.match(
    err,
    /spike \d+ s of \d+ s: asked [\d,]+\/s, delivered [\d,]+\/s, .*admitted so far 0, \d+ s left\n/,
    'in a log',
  );
  const report = reportOf(place, 'sound');
  t.match(report, {
    verdict: 'HOLDS',
    reasons: [],
    partial: false,
    only: null,
    seed,
    score: { letter: 'A' },
    incidents: [],
    losses: [],
  });
  t.strictSame(
    report.attacks.filter(({ verdict }) => verdict !== 'pass'),
    [],
  );
  await standsAlone(t, place, 'sound', 0);
  t.strictSame(secretsIn(place.out('sound'), Date.now()), [], 'no private key and no usable token is kept');
  const { schedule } = await declareAndSchedule({ plan: 'sabotage', seed });
  t.equal(
    readFileSync(join(place.out('sound'), 'schedule.json'), 'utf8'),
    serialise(schedule),
    'the schedule is that of the seed',
  );
  await nothingLeft(t, place, report.run);
});

t.test('what is looked for in the kept files would be found', async (t) => {
  const token = (exp: number): string =>
    [{ alg: 'ES256' }, { sub: 'u1', exp }]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
  const folder = t.testdir({
    'a.txt': `Bearer ${token(2e9)}.c2lnbmF0dXJl and ${token(1e9)}.c2lnbmF0dXJl`,
    below: { 'key.pem': '-----BEGIN EC PRIVATE KEY-----' },
  });
  t.match(secretsIn(folder, 1.7e12), { length: 2 });
});

t.test('a narrowed run is unknown, never a pass', async (t) => {
  const { code, err } = await run('narrowed', ['--only', 'E1']);
  t.equal(code, 2, err);
  const report = reportOf(place, 'narrowed');
  t.match(report, { verdict: 'UNKNOWN', only: 'E1', incidents: [] });
  t.strictSame(
    report.attacks.filter(({ verdict }) => verdict !== 'unknown').map(({ id, verdict }) => [id, verdict]),
    [['E1', 'pass']],
  );
  t.not(report.score.letter, 'A');
  await standsAlone(t, place, 'narrowed', 2);
  await nothingLeft(t, place, report.run);
  t.match(await run('narrowed', []), { code: 254, err: /new or empty folder/ }, 'its folder is not overwritten');
});

const weakened = [
  {
    weakness: 'no client certificate required',
    file: 'orders/envoy.yaml',
    attack: 'M3',
    control: 'mtls',
    hop: /→orders$/,
    request: /no client certificate/,
  },
  {
    weakness: 'JWT optional',
    file: 'edge/envoy.yaml',
    attack: 'E1',
    control: 'edge',
    hop: /^outside→edge$/,
    request: /GET \/catalogue/,
  },
  {
    weakness: 'a permissive authorization rule',
    file: 'edge/envoy.yaml',
    attack: 'E15',
    control: 'edge',
    hop: /^outside→edge$/,
    request: /valid token/,
  },
] as const;

for (const { weakness, file, attack, control, hop, request } of weakened) {
  t.test(`a change that weakens the stack is BROKEN: ${weakness}`, async (t) => {
    const overlay = place.out(`overlay-${attack}`);
    t.match(await holdfast(place, ['run', 'sabotage', '--render', overlay]), { code: 0 });
    weaknesses[weakness](overlay);
    const { code, err, out } = await run(attack, ['--overlay', overlay, '--only', attack]);
    t.equal(code, 1, err);
    t.match(out, /BROKEN/);
    const report = reportOf(place, attack);
    t.match(report, { verdict: 'BROKEN', score: { letter: 'F' } });
    t.strictSame(
      report.controls.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id),
      [control],
    );
    t.strictSame(
      report.overlay.map((one) => one.file),
      [file],
      'the report shows what was changed',
    );
    t.ok(report.incidents.length > 0);
    t.ok(
      report.incidents.every((incident) => incident.attack === attack && hop.test(incident.hop)),
      'every incident names the hop',
    );
    const shown = report.incidents.find((incident) => request.test(incident.request));
    t.match(shown, { admitted: Number, evidence: Array }, 'one of them shows the request that got through');
    t.match(shown?.evidence[0], { attacker: /\S/, seq: Number });
    t.ok(
      shown?.evidence.some(({ attacker, witness }) => witness.length > 0 || /got \d{3}/.test(attacker)),
      'and who saw it',
    );
    const html = readFileSync(join(place.out(attack), 'report.html'), 'utf8');
    t.ok(html.includes('BROKEN') && html.includes(attack), 'as the page does');
    await standsAlone(t, place, attack, 1);
    await nothingLeft(t, place, report.run);
  });
}

t.test('a stack that blinds a witness shows nothing: what it does not see is no refusal', async (t) => {
  const overlay = place.out('overlay-blind');
  await holdfast(place, ['run', 'sabotage', '--render', overlay]);
  const file = join(overlay, 'compose.yaml');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace('/var/journal/payments.ndjson', '/dev/null'));
  const { code, err } = await run('blind', ['--overlay', overlay, '--only', 'M4']);
  t.equal(code, 2, err);
  const { verdict, reasons, losses } = reportOf(place, 'blind');
  t.equal(verdict, 'UNKNOWN');
  t.ok(reasons.some(({ code }) => code === 'evidence-lost'));
  t.match(
    losses.map(({ observer, code, data }) => `${observer} ${code} ${String(data['service'])}`),
    ['witness no-file payments', 'witness missed payments'],
  );
});

t.test('a starved generator makes the run INVALID, with figures', async (t) => {
  const { code, err } = await run('starved', ['--only', 'E1'], {
    HOLDFAST_LOAD_CPUS: '0.03',
    HOLDFAST_LOAD_USERS: '1',
  });
  t.equal(code, 2, err);
  const report = reportOf(place, 'starved');
  t.equal(report.verdict, 'INVALID');
  t.ok(
    report.reasons.some(({ code }) => code === 'arrivals-dropped' || code === 'sender-late'),
    JSON.stringify(report.reasons),
  );
  t.ok(report.load.dropped > 0 || (report.load.latenessP99Ms ?? 0) > 50, 'and the report has them');
  await nothingLeft(t, place, report.run);
});
