import t from 'tap';
import { buildTrend } from '../../../harness/trend/index.ts';
import type { Night, TrendGroup } from '../../../harness/trend/index.ts';
import { brokenReport, soundReport } from '../../../reports/samples/index.ts';
import { sampleGate, sampleNight, sampleTrend, steadyNight } from '../../../reports/trend/sample.ts';

const trend = (nights: readonly Night[]) => buildTrend(nights, [], sampleGate, '0.1.0');
const only = (nights: readonly Night[]): TrendGroup => {
  const { groups } = trend(nights);
  t.equal(groups.length, 1);
  return groups[0]!;
};

t.test('nights are put in order and grouped by plan and stack', (t) => {
  const { groups } = trend([steadyNight(3), steadyNight(1), steadyNight(2, 1, { stack: 'b' }), steadyNight(0)]);
  t.strictSame(
    groups.map(({ stack, nights }) => [stack, nights.map(({ startedAt }) => startedAt.slice(8, 10))]),
    [
      ['b', ['03']],
      ['envoy-envoy', ['01', '02', '04']],
    ],
  );
  t.end();
});

t.test('a run that lies in two places counts once, and the other place is said', (t) => {
  const { groups, unreadable } = trend([steadyNight(0), steadyNight(0, 1, { place: 'copy/report.json' })]);
  t.equal(groups[0]?.nights.length, 1);
  t.match(unreadable, [{ place: 'copy/report.json', reason: /^the same run as / }]);
  t.end();
});

t.test('an attack that flaps is seen as such', (t) => {
  const days = [soundReport, brokenReport, soundReport, brokenReport];
  const { attacks } = only(days.map((report, day) => sampleNight(report, day)));
  const flapping = attacks.find(({ id }) => id === 'E3');
  t.match(flapping, { verdicts: 'pfpf', failed: 2, turns: 3, lastFailed: 3, nights: 4 });
  t.match(
    attacks.find(({ id }) => id === 'M1'),
    { verdicts: 'pppp', failed: 0, turns: 0, lastFailed: null },
  );
  const unknown = attacks.find(({ id }) => id === 'D1');
  t.match(unknown, { verdicts: 'pupu', turns: 0 }, 'what is unknown in between turns nothing');
  t.end();
});

t.test('an attack that a night did not have is neither passed nor failed there', (t) => {
  const { attacks } = only([sampleNight(soundReport, 0, { attacks: [] }), sampleNight(soundReport, 1)]);
  t.ok(attacks.every(({ verdicts, nights }) => /^-[pfu]$/.test(verdicts) && nights === 1));
  t.end();
});

t.test('incidents have a first and a last night, and are open while the newest night that measured has them', (t) => {
  const [sound, broken] = [sampleNight(soundReport, 0), sampleNight(brokenReport, 1)];
  t.ok(only([sound, broken]).incidents.every(({ first, last, open }) => first === 1 && last === 1 && open));
  t.ok(only([sound, broken, steadyNight(2)]).incidents.every(({ open }) => !open));
  t.ok(
    only([sound, broken, steadyNight(2, 1, { verdict: 'INVALID' })]).incidents.every(({ open }) => open),
    'a night that says nothing closes nothing',
  );
  t.end();
});

t.test('what changed between nights is said; the seed and where an image came from are no change', (t) => {
  const versions = soundReport.versions;
  const { changes } = only([
    steadyNight(0),
    steadyNight(1, 1, {
      versions: { ...versions, envoy: (versions['envoy'] ?? '').replace('(cached)', '(built)') },
      digests: { ...soundReport.digests, schedule: 'other' },
    }),
    steadyNight(2, 1, { versions: { ...versions, envoy: '1.41.0' }, harness: '0.2.0' }),
  ]);
  t.strictSame(changes, [
    { night: 2, what: 'harness', before: '0.1.0', after: '0.2.0' },
    { night: 2, what: 'version of envoy', before: '1.40.0', after: '1.41.0' },
  ]);
  t.end();
});

t.test('a night that is INVALID or was stopped gives no point to any series, and stays in the strip', (t) => {
  const group = only([
    steadyNight(0),
    steadyNight(1, 1, { verdict: 'INVALID' }),
    steadyNight(2, 1, { partial: true, verdict: 'UNKNOWN' }),
  ]);
  t.equal(group.nights.length, 3);
  t.ok(group.series.length > 5);
  for (const { id, values } of group.series)
    t.ok(values[0] !== null && values[1] === null && values[2] === null, `${id}: ${values.join(' ')}`);
  t.end();
});

t.test('what no night measured is no series, and a given capacity is not a measured one', (t) => {
  const given = { perSecond: 900, measured: false, peakPerSecond: 720, saturatedPerSecond: null };
  const ids = only([steadyNight(0, 1, { capacity: given })]).series.map(({ id }) => id);
  t.notOk(ids.includes('capacity') || ids.includes('throughput'));
  t.ok(ids.includes('latency spike p99') && ids.includes('bound'));
  t.notOk(
    ids.some((id) => id.startsWith('latency capacity')),
    'the ramp is no phase to compare',
  );
  t.end();
});

t.test('a latency under another load is no change of level, and neither is a rate on another machine', (t) => {
  const night = (day: number, p99: number, over: Partial<Night> = {}): Night => {
    const steady = steadyNight(day);
    return { ...steady, load: { ...steady.load, latencyMs: { spike: { p50: 4, p99 } } }, ...over };
  };
  const before = [0, 1, 2, 3].map((day) => night(day, 40));
  const marks = (last: Night): readonly string[] => only([...before, last]).marks.map(({ series }) => series);
  const capacity = steadyNight(4).capacity!;
  t.strictSame(marks(night(4, 900)), ['latency spike p99']);
  t.strictSame(marks(night(4, 900, { capacity: { ...capacity, peakPerSecond: 1900 } })), []);
  t.strictSame(marks(night(4, 40, { capacity: { ...capacity, saturatedPerSecond: 300 } })), ['throughput']);
  const machine = { cpus: 1, memoryBytes: soundReport.machine.memoryBytes };
  t.strictSame(marks(night(4, 40, { machine, capacity: { ...capacity, saturatedPerSecond: 300 } })), []);
  t.end();
});

t.test('the sample: the newer image and the fall of the throughput lie on the same night', (t) => {
  const group = sampleTrend.groups.find(({ stack }) => stack === 'envoy-envoy');
  const fall = group?.marks.find(({ series }) => series === 'throughput');
  const change = group?.changes.find(({ what, after }) => what === 'version of envoy' && after === '1.41.0');
  t.match(fall, { tone: 'worse' });
  t.equal(fall?.night, change?.night);
  t.end();
});
