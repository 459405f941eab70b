import t from 'tap';
import { compare, postureOf, ratesOf } from '../../../harness/compare/index.ts';
import type { SideInput } from '../../../harness/compare/index.ts';
import type { Comparison, ComparisonLine, Posture, Report } from '../../../harness/model/index.ts';
import { sampleGate } from '../../../reports/comparison/sample.ts';
import { brokenReport, soundReport } from '../../../reports/samples/index.ts';
import { said } from '../../support/said.ts';
import { reason } from '../../../harness/model/index.ts';

const side = (...postures: [Posture, ...Posture[]]): SideInput => ({ label: postures[0].run, postures, files: null });
const sound = postureOf(soundReport);
const against = (before: Posture, after: Posture): Comparison =>
  compare(side(before), side(after), sampleGate, '0.1.0');
const lineOf = ({ lines }: Comparison, id: string): ComparisonLine => {
  const found = lines.find((line) => line.id === id);
  if (found === undefined) throw new Error(`expected a line ${id}, found ${lines.map((line) => line.id).join(', ')}`);
  return found;
};
const judgements = ({ lines }: Comparison): string[] =>
  [...new Set(lines.map(({ judgement }) => judgement))].toSorted();

/** The sound report with one attack changed. */
const withAttack = (id: string, change: Partial<Report['attacks'][number]>, more: Partial<Report> = {}): Posture =>
  postureOf({
    ...soundReport,
    ...more,
    attacks: soundReport.attacks.map((attack) => (attack.id === id ? { ...attack, ...change } : attack)),
  });

/** One attack lets something in, in its first form. */
const admitting = (id: string, admitted = 3): Posture => {
  const { variants, attempts } = soundReport.attacks.find((attack) => attack.id === id)!;
  return withAttack(
    id,
    {
      verdict: 'fail',
      reason: reason('admitted', { admitted, attempts }),
      admitted,
      refused: attempts - admitted,
      variants: variants.map((form, i) => (i === 0 ? { ...form, admitted, refused: form.refused - admitted } : form)),
    },
    { verdict: 'BROKEN', reasons: [said(`${id}: ${admitted} admitted`)] },
  );
};

t.test('a run and itself: nothing changed', async (t) => {
  const comparison = against(sound, sound);
  t.equal(comparison.verdict, 'NO REGRESSION');
  t.same(comparison.reasons, []);
  t.same(comparison.context, []);
  t.notOk(judgements(comparison).includes('regression'));
  t.notOk(judgements(comparison).includes('improvement'));
});

t.test('the same inputs give the same bytes', async (t) => {
  t.equal(
    JSON.stringify(against(sound, postureOf(brokenReport))),
    JSON.stringify(against(sound, postureOf(brokenReport))),
  );
});

t.test('one admission is a regression, however rare: it needs no statistics', async (t) => {
  const comparison = against(sound, admitting('E2', 1));
  t.equal(comparison.verdict, 'REGRESSION');
  t.match(lineOf(comparison, 'attack E2'), { judgement: 'regression', test: 'fact', after: { value: 1 } });
  t.equal(lineOf(comparison, 'control edge').judgement, 'regression');
  t.equal(lineOf(comparison, 'control mtls').judgement, 'unchanged');
  t.equal(lineOf(comparison, 'verdict').judgement, 'regression');
});

t.test('the other way round it is an improvement', async (t) => {
  const comparison = against(admitting('E2'), sound);
  t.equal(comparison.verdict, 'NO REGRESSION');
  t.equal(lineOf(comparison, 'attack E2').judgement, 'improvement');
  t.equal(lineOf(comparison, 'verdict').judgement, 'improvement');
});

t.test('what before never tried is no regression, and no pass either', async (t) => {
  const after = admitting('E2');
  const { variants } = soundReport.attacks.find(({ id }) => id === 'E2')!;
  const comparison = against(withAttack('E2', { variants: variants.slice(1), definition: 'older' }), after);
  t.equal(comparison.verdict, 'NOT COMPARABLE');
  t.match(lineOf(comparison, 'attack E2'), { judgement: 'not comparable', why: /never tried/ });
});

t.test('an attack that fails on both sides: counted exactly', async (t) => {
  const [few, many] = [admitting('E2', 3), admitting('E2', 40)];
  t.match(lineOf(against(few, many), 'attack E2'), { judgement: 'regression', test: 'fisher-exact' });
  t.match(lineOf(against(many, few), 'attack E2'), { judgement: 'improvement' });
  t.match(lineOf(against(few, admitting('E2', 5)), 'attack E2'), { judgement: 'noise' });
  t.match(lineOf(against(few, few), 'attack E2'), { judgement: 'unchanged' });
});

t.test('what shows too little is not comparable, never noise', async (t) => {
  const unknown = withAttack(
    'M3',
    { verdict: 'unknown', reason: said('no twin') },
    { verdict: 'UNKNOWN', reasons: [said('M3: no twin')] },
  );
  const comparison = against(sound, unknown);
  t.equal(comparison.verdict, 'NOT COMPARABLE');
  t.match(lineOf(comparison, 'attack M3'), { judgement: 'not comparable', why: /too little: no twin/ });
  t.equal(lineOf(comparison, 'attack E2').judgement, 'unchanged');
  const since = against(unknown, sound);
  t.equal(since.verdict, 'NO REGRESSION');
  t.match(lineOf(since, 'attack M3'), { judgement: 'improvement', why: /shown to be refused now/ });
});

t.test('an INVALID run: only what was admitted in it is a fact', async (t) => {
  const invalid = { verdict: 'INVALID' as const, reasons: [said('the load generator sent late')] };
  const comparison = against(sound, postureOf({ ...soundReport, ...invalid }));
  t.equal(comparison.verdict, 'NOT COMPARABLE');
  for (const id of ['verdict', 'score', 'attack E1', 'throughput', 'latency spike p99', 'failed']) {
    t.match(lineOf(comparison, id), { judgement: 'not comparable', why: /INVALID/ }, id);
  }
  const admitted = against(sound, { ...admitting('E2'), verdict: 'INVALID' });
  t.equal(lineOf(admitted, 'attack E2').judgement, 'regression');
});

t.test('another plan: attacks compare, rates and latencies do not', async (t) => {
  const other = postureOf({
    ...soundReport,
    plan: 'nightly',
    digests: { ...soundReport.digests, plan: 'f'.repeat(64) },
  });
  const comparison = against(sound, other);
  t.equal(lineOf(comparison, 'attack E2').judgement, 'unchanged');
  for (const id of ['throughput', 'floor catalogue', 'latency rest p50', 'failed'])
    t.match(lineOf(comparison, id), {
      judgement: 'not comparable',
      why: new RegExp(`plan is not the same \\(${soundReport.plan} and nightly\\)`),
    });
  t.match(
    comparison.context.find(({ what }) => what === 'plan'),
    { before: soundReport.plan, after: 'nightly' },
  );
});

t.test('another machine, another trace, another table of weights: each says what does not compare', async (t) => {
  const machine = against(sound, postureOf({ ...soundReport, machine: { ...soundReport.machine, cpus: 8 } }));
  t.match(lineOf(machine, 'throughput'), { judgement: 'not comparable', why: /2 and 8 CPUs/ });
  t.equal(lineOf(machine, 'attack E2').judgement, 'unchanged');
  const trace = against(sound, postureOf({ ...soundReport, digests: { ...soundReport.digests, trace: '0' } }));
  t.match(lineOf(trace, 'latency spike p99'), { judgement: 'not comparable', why: /trace/ });
  const table = against(sound, postureOf({ ...soundReport, score: { ...soundReport.score, table: '2' } }));
  t.match(lineOf(table, 'score'), { judgement: 'not comparable', why: /tables/ });
});

t.test('an attack that one side does not have is not comparable', async (t) => {
  const fewer = postureOf({ ...soundReport, attacks: soundReport.attacks.filter(({ id }) => id !== 'E2') });
  t.match(lineOf(against(sound, fewer), 'attack E2'), { judgement: 'not comparable', after: null });
  t.match(lineOf(against(fewer, admitting('E2')), 'attack E2'), {
    judgement: 'not comparable',
    why: /after admits it/,
  });
});

t.test('throughput: half of it is a regression, a little less is noise; more is an improvement', async (t) => {
  const delivering = (saturatedPerSecond: number): Posture =>
    postureOf({ ...soundReport, capacity: { ...soundReport.capacity!, saturatedPerSecond } });
  const usual = soundReport.capacity!.saturatedPerSecond!;
  t.match(lineOf(against(sound, delivering(usual / 2)), 'throughput'), {
    judgement: 'regression',
    test: 'between-runs',
  });
  t.equal(lineOf(against(sound, delivering(usual * 0.95)), 'throughput').judgement, 'noise');
  t.equal(lineOf(against(sound, delivering(usual * 2)), 'throughput').judgement, 'improvement');
});

t.test('a baseline of several runs judges by what they differ by themselves', async (t) => {
  const delivering = (saturatedPerSecond: number): Posture =>
    postureOf({ ...soundReport, capacity: { ...soundReport.capacity!, saturatedPerSecond } });
  const calm = [1000, 1004, 998, 1002, 996, 1000].map(delivering) as [Posture, ...Posture[]];
  const judge = (before: SideInput): string =>
    lineOf(compare(before, side(delivering(850)), sampleGate, '0.1.0'), 'throughput').judgement;
  t.equal(judge(side(delivering(1000))), 'noise');
  t.equal(judge(side(...calm)), 'regression');
});

t.test('a slower hop shows in the floor of the routes that cross it', async (t) => {
  const shifted = soundReport.load.latencyBlocks.map((block) =>
    block.route === 'checkout'
      ? { ...block, histogram: block.histogram.replace(/(\d+):/g, (_, bin: string) => `${Number(bin) + 20}:`) }
      : block,
  );
  const slower = postureOf({ ...soundReport, load: { ...soundReport.load, latencyBlocks: shifted } });
  const comparison = against(sound, slower);
  t.equal(lineOf(comparison, 'floor checkout').judgement, 'regression');
  t.equal(lineOf(comparison, 'floor catalogue').judgement, 'noise');
});

t.test('latencies under spikes of other heights are not compared', async (t) => {
  const higher = postureOf({ ...soundReport, capacity: { ...soundReport.capacity!, peakPerSecond: 2000 } });
  t.match(lineOf(against(sound, higher), 'latency spike p99'), {
    judgement: 'not comparable',
    why: new RegExp(`${Math.round(soundReport.capacity!.peakPerSecond)}/s and at 2000/s`),
  });
});

t.test('an incident is new only where the same was refused before', async (t) => {
  const broken = postureOf(brokenReport);
  const fresh = against(sound, broken).lines.filter(({ group }) => group === 'incidents');
  t.equal(fresh.length, broken.incidents.length);
  t.ok(fresh.some(({ judgement }) => judgement === 'regression'));
  const gone = against(broken, sound).lines.filter(({ group }) => group === 'incidents');
  t.ok(gone.some(({ judgement }) => judgement === 'improvement'));
  t.ok(
    against(broken, broken)
      .lines.filter(({ group }) => group === 'incidents')
      .every(({ judgement }) => judgement === 'unchanged'),
  );
});

t.test('the gate decides what stops, not what is said', async (t) => {
  const lenient = { ...sampleGate, fail: ['attack M*'], need: [] };
  const comparison = compare(side(sound), side(admitting('E2')), lenient, '0.1.0');
  t.equal(comparison.verdict, 'NO REGRESSION');
  t.match(lineOf(comparison, 'attack E2'), { judgement: 'regression', gate: 'warn' });
});

t.test(
  'configuration is compared line by line where both sides have it, and else it is said that it is not',
  async (t) => {
    const given = (text: string): SideInput => ({ ...side(sound), files: new Map([['edge/envoy.yaml', text]]) });
    const { files } = compare(given('a\nb\n'), given('a\nc\n'), sampleGate, '0.1.0');
    t.match(files, [{ file: 'edge/envoy.yaml', diff: /-b\n\+c/, cut: false }]);
    const other = postureOf({ ...soundReport, digests: { ...soundReport.digests, configuration: '1' } });
    t.match(compare(given('a'), side(other), sampleGate, '0.1.0').filesUnknown, /configuration differ/);
  },
);

t.test('requests that fail in one stall are noise, and those that fail all the time are not', async (t) => {
  const failing = (bins: (i: number) => boolean, failed: number): Posture =>
    postureOf({
      ...soundReport,
      load: { ...soundReport.load, failed },
      timeline: {
        ...soundReport.timeline,
        failedPerSecond: soundReport.timeline.intendedPerSecond.map((_, i) => (bins(i) ? 50 : 0)),
      },
    });
  const none = failing(() => false, 0);
  t.equal(
    lineOf(
      against(
        none,
        failing((i) => i === 30 || i === 31, 400),
      ),
      'failed',
    ).judgement,
    'noise',
  );
  t.equal(
    lineOf(
      against(
        none,
        failing((i) => i % 2 === 0, 400),
      ),
      'failed',
    ).judgement,
    'regression',
  );
});

t.test('what a baseline keeps of older runs judges rates as the whole does', async (t) => {
  const older = ratesOf(sound);
  t.ok(JSON.stringify(older).length < JSON.stringify(sound).length);
  const judge = (first: Posture): string =>
    JSON.stringify(compare(side(first, first, first, first, first, sound), side(sound), sampleGate, '0.1.0').lines);
  t.equal(judge(older), judge(sound));
});
