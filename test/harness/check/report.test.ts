import t from 'tap';
import { serialiseReport } from '../../../harness/check/index.ts';
import { scopeNotes } from '../../../reports/text/index.ts';
import type { HistoryRecord, LegitRecord, RunRecord } from '../../../harness/model/index.ts';
import {
  attackOf,
  attempt,
  end,
  hops,
  legit,
  phase,
  plan,
  runOf,
  traffic,
  witness,
  loss,
  window,
} from '../../support/history.ts';
import { buildReport as coded, reportTold as buildReport } from '../../support/check.ts';

const sound = (more: Partial<RunRecord> = {}): HistoryRecord[] => [
  runOf([attackOf()], more),
  phase('capacity', 0, 2000),
  phase('rest', 3000, 6000),
  phase('spike', 6000, 10_000),
  ...traffic(0, 2000, 20, { firstSeq: 1000, status: 503 }),
  ...traffic(3000, 10_000, 20),
  ...[4000, 5000, 7000].map((atMs, i) => attempt(i, atMs)),
  end(),
];
const without = (records: readonly HistoryRecord[], type: HistoryRecord['type']): HistoryRecord[] =>
  records.filter((r) => r.type !== type);
const change = (records: readonly HistoryRecord[], how: (r: LegitRecord) => Partial<LegitRecord>): HistoryRecord[] =>
  records.map((r) => (r.type === 'legit' ? { ...r, ...how(r) } : r));

t.test('a sound run holds', async (t) => {
  const report = buildReport(sound());
  t.match(report, { verdict: 'HOLDS', reasons: [], partial: false, score: { value: 100, letter: 'A', caps: [] } });
  t.match(report.controls, [{ id: 'edge', verdict: 'pass', reasons: [] }]);
  t.equal(report.notClaimed.length, 6);
  t.match(report.load, {
    intended: 350,
    sent: 350,
    dropped: 0,
    failed: 0,
    latenessP99Ms: 1,
    latencyMs: { rest: { p50: 5, p99: 5, requests: 150, leftOut: 0 } },
  });
  t.same(report.timeline.intendedPerSecond.slice(0, 8), [50, 50, 50, 50, null, null, 50, 50]);
  t.equal(serialiseReport(coded(sound())), serialiseReport(coded(sound())), 'the same history gives the same bytes');
});

t.test('the worst wins, and an admission is a fact', async (t) => {
  const few = sound().filter((r) => r.type !== 'legit' || r.seq < 40 || r.seq % 50 === 0);
  t.match(buildReport(few), { verdict: 'INVALID', score: { value: 0, letter: 'F' } });
  t.match(buildReport([...few.slice(0, -1), witness(1, 5001), end()]), {
    verdict: 'BROKEN',
    reasons: [/^E3: 1 of 3/, /arrivals/],
  });
  t.match(buildReport([...sound().slice(0, -1), end({ partial: true, reason: 'Ctrl-C' })]), {
    verdict: 'UNKNOWN',
    partial: true,
    reasons: [/Ctrl-C/],
  });
  t.match(buildReport([...few.slice(0, -1), end({ partial: true, reason: 'Ctrl-C' })]), {
    verdict: 'UNKNOWN',
    partial: true,
  });
  t.match(buildReport(without(sound(), 'end')), { verdict: 'UNKNOWN', partial: true });
  t.match(buildReport(without(sound(), 'attempt')), { verdict: 'UNKNOWN', score: { letter: 'F' } });
  t.match(buildReport(sound({ attacks: [attackOf(), attackOf({ id: 'E1', run: false })], only: 'E3' })), {
    verdict: 'UNKNOWN',
    reasons: [/--only E3/],
  });
  const excluded = sound({
    attacks: [attackOf(), attackOf({ id: 'M1', control: 'mtls' })],
    stack: { id: 's', title: 's', hops, notApplicable: { M1: 'no mesh' } },
  });
  t.match(
    buildReport(excluded),
    {
      verdict: 'HOLDS',
      notClaimed: ['mtls'],
      score: { value: 100 },
      attacks: [{}, { verdict: 'unknown', reason: 'not applicable to s: no mesh' }],
    },
    'as histories of before there were features say it',
  );
});

t.test('evidence without an owner, and lost evidence, leave the verdict open', async (t) => {
  const stranger = [...sound().slice(0, -1), witness(0, 4000, { of: 'forged' }), end()];
  t.match(buildReport(stranger), {
    verdict: 'UNKNOWN',
    reasons: [/of unknown origin/],
    losses: [{ code: 'strangers', count: 1 }],
  });
  t.match(
    buildReport([...sound().slice(0, -1), witness(77, 4000), end()]),
    { verdict: 'UNKNOWN' },
    'an attempt without a record',
  );
  t.match(buildReport([...sound().slice(0, -1), loss('witness', 'unreadable', 2, { service: 'orders' }), end()]), {
    verdict: 'UNKNOWN',
  });
  t.match(buildReport([...sound().slice(0, -1), loss('edge-log', 'unreadable', 2), end()]), { verdict: 'HOLDS' });
  t.match(buildReport([...sound().slice(0, -1), witness(0, 4000, { of: 'canary' }), end()]), { verdict: 'HOLDS' });
});

t.test('the load generator must be fit', async (t) => {
  const drop = (r: LegitRecord): Partial<LegitRecord> =>
    r.seq % 100 === 0 && r.seq < 1000 ? { sentMs: null, endMs: null, status: null, error: 'dropped' } : {};
  const dropped = buildReport(change(sound(), drop));
  t.match(dropped, {
    verdict: 'INVALID',
    reasons: [/dropped 4 of 350/],
    load: { dropped: 4, latencyMs: { rest: { p99: 2000 } } },
  });
  const beyond = { ...plan, load: { ...plan.load, peak: 1.2 } };
  t.match(
    buildReport(change(sound({ plan: beyond }), drop)),
    { verdict: 'HOLDS' },
    "beyond the capacity drops are the stack's",
  );
  const late = (r: LegitRecord): Partial<LegitRecord> =>
    r.dueMs > 9000 ? { sentMs: r.dueMs + 80, endMs: r.dueMs + 90 } : {};
  t.match(buildReport(change(sound({ plan: beyond }), late)), { verdict: 'INVALID', reasons: [/p99 80 ms/] });
  const lateInRamp = (r: LegitRecord): Partial<LegitRecord> => (r.seq >= 1000 ? { sentMs: r.dueMs + 80 } : {});
  t.match(buildReport(change(sound(), lateInRamp)), { verdict: 'HOLDS' }, 'the ramp saturates on purpose');
});

t.test('a ramp that the generator ended measured the generator', async (t) => {
  const capacity = {
    warmUpMs: 0,
    fromPerSecond: 50,
    toPerSecond: 100,
    steps: 2,
    stepMs: 1000,
    failShare: 0.01,
    latencyP99Ms: 250,
  };
  const step = { perSecond: 50, intended: 50, failed: 0, dropped: 0, latencyP99Ms: 5, sustained: true };
  const measured = (last: Partial<typeof step>): HistoryRecord => ({
    type: 'capacity',
    perSecond: 50,
    measured: true,
    clamped: false,
    peakPerSecond: 40,
    steps: [step, { ...step, perSecond: 100, latencyP99Ms: 600, sustained: false, ...last }],
  });
  const ramped = (last: Partial<typeof step>, lateMs: number, tookMs: number): ReturnType<typeof buildReport> => {
    const [run, ...events] = sound({ plan: { ...plan, load: { ...plan.load, capacity } } });
    const slow = (r: LegitRecord): Partial<LegitRecord> =>
      r.dueMs >= 1000 && r.dueMs < 2000 ? { sentMs: r.dueMs + lateMs, endMs: r.dueMs + lateMs + tookMs } : {};
    return buildReport(change([run as HistoryRecord, measured(last), ...events], slow));
  };
  t.match(ramped({}, 590, 10), { verdict: 'INVALID', reasons: [/generator, not the stack, ended the ramp at 100\/s/] });
  t.match(ramped({ dropped: 20 }, 0, 10), { verdict: 'INVALID', reasons: [/dropped 20 of 50/] });
  t.match(ramped({}, 1, 590), { verdict: 'HOLDS' }, 'its answers took long: that was the stack');
  t.match(ramped({ failed: 30 }, 0, 10), { verdict: 'HOLDS' }, 'it failed its users: that was the stack');
  t.match(ramped({ sustained: true }, 590, 10), { verdict: 'HOLDS' }, 'the ramp did not end');
});

t.test('a stack that refuses its own users shows nothing', async (t) => {
  const failing = change(sound(), (r) => (r.dueMs > 9000 && r.seq < 1000 ? { status: 503 } : {}));
  t.match(buildReport(failing), { verdict: 'UNKNOWN', reasons: [/phase spike shows nothing: 49 of 200/] });
});

t.test('windows of interception are left out of the latency', async (t) => {
  const taken = window(0, [8000, 8500], { attack: 'E3', hop: hops[2]! });
  const hit = change(sound(), (r) =>
    r.dueMs >= 8000 && r.dueMs <= 8500 && r.seq < 1000 ? { status: 503, endMs: r.dueMs + 400 } : {},
  );
  const report = buildReport([...hit.slice(0, -1), taken, end()]);
  t.match(report.load, { failed: 0, latencyMs: { spike: { p999: 5, requests: 159, leftOut: 41 } } });
  t.match(report.timeline.windows, [{ hop: 'orders→payments' }]);
  t.equal(report.verdict, 'HOLDS');
  const short = buildReport([
    ...hit.map((r) => (r.type === 'legit' ? { ...r, route: 1 } : r)).slice(0, -1),
    taken,
    end(),
  ]);
  t.match(short.load.latencyMs['spike'], { leftOut: 0 }, 'a route that does not pass the hop');
});

t.test('a history that does not fit together', async (t) => {
  t.throws(() => buildReport([]), { code: 'bad-run' });
  t.throws(() => buildReport([legit(0, 0)]), { code: 'bad-run', message: /record 1/ });
  t.throws(() => buildReport([...sound(), runOf([])]), { code: 'bad-run', message: /second/ });
  t.throws(() => buildReport([...sound(), legit(0, 0, { route: 9 })]), { code: 'bad-run', message: /route/ });
});

t.test('what a stack lacks is said, and no claim that rests on it is made', async (t) => {
  const of = (features: readonly string[], needs: readonly string[] = ['mutual-tls']) =>
    coded(
      sound({
        attacks: [attackOf({ control: 'mtls' }), attackOf({ id: 'M1', control: 'mtls', needs, run: false })],
        stack: { id: 's', title: 's', hops, features },
      }),
    );
  const lacking = of(['workload-identities']);
  t.match(lacking, {
    controls: [],
    lacks: [{ feature: 'mutual-tls', attacks: ['M1'], controls: ['mtls'] }],
    attacks: [
      { verdict: 'pass' },
      { verdict: 'unknown', reason: { code: 'feature-missing', data: { stack: 's', features: ['mutual-tls'] } } },
    ],
  });
  t.ok(lacking.notClaimed.includes('mtls'));
  t.ok(scopeNotes(lacking).some((note) => /lacks the feature mutual-tls.*M1.*mtls/.test(note)));
  t.notMatch(scopeNotes(lacking).join(' '), /has no attacks for: [^.]*mtls/);
  const reload = of(['mutual-tls', 'workload-identities'], ['edge-reload']);
  t.match(reload, { controls: [{ id: 'mtls', verdict: 'pass' }], lacks: [{ feature: 'edge-reload', controls: [] }] });
  t.match(of(['mutual-tls', 'workload-identities']), { verdict: 'UNKNOWN' }, 'what applies and was not run is no pass');
  const unknown = of(['mutual-tls', 'workload-identities'], ['of-tomorrow']);
  t.match(unknown, { lacks: [{ feature: 'of-tomorrow', attacks: ['M1'] }] });
});

t.test('an incident is mended in the product that had to refuse', async (t) => {
  const advice = [{ at: ['edge'], text: 'In X: set it.' }];
  const broken = (attack: Parameters<typeof attackOf>[0]) =>
    buildReport([...sound({ attacks: [attackOf(attack)] }).slice(0, -1), witness(1, 5001), end()]).incidents;
  t.match(broken({ advice }), [{ remediation: 'In X: set it.' }]);
  t.match(broken({ advice: [{ at: ['storefront'], text: 'In Y.' }] }), [{ remediation: 'remediation' }]);
  t.match(broken({}), [{ remediation: 'remediation' }], 'older histories keep their text');
});
