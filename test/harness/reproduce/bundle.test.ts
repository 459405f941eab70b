import fc from 'fast-check';
import t from 'tap';
import {
  bundlesOf,
  lengthOf,
  parseBundle,
  parseSchedule,
  planOfPart,
  requestsIn,
  serialiseBundle,
} from '../../../harness/reproduce/index.ts';
import type { Bundle } from '../../../harness/reproduce/index.ts';
import { keepFor, materialise, serialise } from '../../../harness/schedule/index.ts';
import { plan } from '../schedule/inputs.ts';
import { finishedRun, origins } from './finished.ts';

const late = finishedRun(
  (attack, form, segment, at) => attack === 'E2' && form === 1 && segment === 'main' && at > 9000,
);
// oxlint-disable-next-line typescript/no-explicit-any -- a document that is spoilt at will has no type
type Any = Record<string, any>;
const [bundle] = bundlesOf(late);
const text = serialiseBundle(bundle!);

t.test('a bundle holds what led to its incident, up to shortly after the first admission', async (t) => {
  t.match(bundle, {
    incident: { id: 'E2-two-edge', attack: 'E2' },
    run: { seed: 'finished' },
    stack: { id: 'envoy-envoy' },
    configuration: { 'edge/envoy.yaml': 'a: 1\n' },
    capacity: { perSecond: 250 },
    part: { segment: 'main', fromMs: 0 },
  });
  const { part, incident } = bundle!;
  t.equal(Math.round(part.firstMs), Math.round(incident.firstMs - origins.main));
  t.ok(part.toMs > part.firstMs && part.toMs <= part.firstMs + 1501);
  const forms = part.schedule.attacks.find(({ id }) => id === 'E2')!.forms;
  t.strictSame(
    part.own.map((form) => forms[form]!.variant),
    ['two'],
  );
  t.ok(
    part.schedule.main.attempts.some(
      ([at, attack, form]) =>
        at === part.firstMs && part.schedule.attacks[attack]!.id === 'E2' && part.own.includes(form),
    ),
    'the first admission is in it, at its time',
  );
  const sent = materialise(late.schedule.main, keepFor(bundle!.plan, 250).keep, late.schedule.routes);
  t.equal(part.schedule.main.arrivals.length, sent.filter(([at]) => at < part.toMs).length, 'thinned as recorded');
  t.strictSame(bundle!.attacks.map(({ id }) => id).toSorted(), part.schedule.attacks.map(({ id }) => id).toSorted());
});

t.test('an admission in the ramp is led to by the ramp, and its arrivals can be thinned', async (t) => {
  const [early] = bundlesOf(finishedRun((attack, form) => attack === 'E2' && form === 1));
  t.match(early!.part, {
    segment: 'capacity',
    schedule: { main: { phases: [{ id: 'ramp', startMs: 0 }], operations: [] } },
  });
  const ranks = early!.part.schedule.main.arrivals.map(([, rank]) => rank);
  t.ok(Math.abs(ranks.filter((rank) => rank < 0.5).length - ranks.length / 2) < ranks.length * 0.1, 'ranks are even');
  t.ok(early!.part.original.requests > requestsIn(early!.part.schedule.main), 'it is compared with the phases');
});

t.test('a long run is cut to what came shortly before; what began at the beginning is not', async (t) => {
  const phases = plan.phases.map((phase) => ({ ...phase, durationMs: phase.durationMs * 4 }));
  const run = finishedRun(
    (attack, _, segment, at) => attack === 'E2' && segment === 'main' && at > 50_000,
    {},
    {
      ...plan,
      phases,
    },
  );
  const [{ part }] = bundlesOf(run) as [Bundle];
  t.ok(part.firstMs > 29_999 && part.firstMs < 30_001);
  t.ok(part.fromMs > 20_000 && lengthOf(part.schedule.main) <= 31_501);
  t.equal(part.schedule.main.phases[0]!.startMs, 0);
  const edit = { do: 'edit', files: { 'edge/envoy.yaml': 'a: 2\n' }, steps: [{ service: 'edge', restart: true }] };
  const edited = finishedRun(
    (attack, _, segment, at) => attack === 'E2' && segment === 'main' && at > 50_000,
    {},
    { ...plan, phases },
    [edit],
  );
  const { part: whole } = bundlesOf(edited)[0]!;
  t.match(whole, { fromMs: 0, fixedStart: true }, 'what was changed for good is part of what led to it');
  t.strictSame(whole.schedule.configurations, { 'edit/requested/0': { 'edge/envoy.yaml': 'a: 2\n' } });
  const edits = whole.schedule.main.operations.filter(({ kind }) => kind === 'edit');
  t.match(edits, [{ op: { service: 'edge', configuration: 'edit/requested/0', exec: null } }]);
});

t.test('the plan of a part keeps every arrival of it', async (t) => {
  for (const run of [late, finishedRun((attack) => attack === 'E12')]) {
    for (const one of bundlesOf(run)) {
      const small = planOfPart(one, one.part);
      const { main } = one.part.schedule;
      if ('steps' in small.load.capacity) return t.fail('a part has no ramp');
      const { keep } = keepFor(small, small.load.capacity.fixedPerSecond);
      t.equal(materialise(main, keep, one.part.schedule.routes).length, main.arrivals.length);
      t.equal(
        small.phases.reduce((sum, { durationMs }) => sum + durationMs, 0),
        lengthOf(main),
      );
    }
  }
});

t.test('a bundle survives its file, to the byte, and a file that was altered is refused', async (t) => {
  t.ok(serialiseBundle(parseBundle(text, 'bundle.json')) === text, 'the same bytes');
  const broken = { code: 'bad-run', message: /expected/, hint: /\S/, place: { file: 'b.json' } };
  for (const other of ['', '{', 'null', '[]', text.slice(0, -20), text.replace('"version":2', '"version":3')])
    t.throws(() => parseBundle(other, 'b.json'), broken, other.slice(0, 20));
  const changed = (change: (value: Any) => void): string => {
    const value = JSON.parse(text) as Any;
    change(value);
    return JSON.stringify(value);
  };
  const wrong: readonly (readonly [string, (value: Any) => void])[] = [
    ['a form that is not there', (value) => (value['part'].schedule.main.attempts[0][2] = 99)],
    ['a route that is not there', (value) => (value['part'].schedule.main.arrivals[0][2] = 9999)],
    ['an attack that is not there', (value) => (value['incident'].attack = 'E99')],
    ['a form of its own that is not there', (value) => (value['part'].own = [77])],
    ['no compose file', (value) => delete value['configuration']['compose.yaml']],
    ['a path that leads out', (value) => (value['configuration']['../../etc/x'] = '')],
    ['an absolute path', (value) => (value['configuration']['/etc/x'] = '')],
    ['a path with a dot', (value) => (value['configuration']['a/./b'] = '')],
    [
      'an action without its form',
      (value) =>
        value['part'].schedule.main.operations.push({
          kind: 'intercept',
          startMs: 0,
          endMs: 1,
          attack: 99,
          form: 0,
          op: {},
        }),
    ],
    [
      'a configuration that is not there',
      (value) =>
        value['part'].schedule.main.operations.push({
          kind: 'edit',
          startMs: 0,
          endMs: 0,
          op: { configuration: 'edit' },
        }),
    ],
    ['no name for an attack', (value) => (value['attacks'] = [])],
  ];
  for (const [name, change] of wrong) t.throws(() => parseBundle(changed(change), 'b.json'), broken, name);
});

t.test('any part of a bundle that is lost is found', async (t) => {
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: text.length - 2 }), (length) => {
        try {
          parseBundle(text.slice(0, length), 'b.json');
          return false;
        } catch (error) {
          return (error as { code?: string }).code === 'bad-run';
        }
      }),
      { numRuns: 30 },
    ),
  );
});

t.test('a schedule of a run is read as it was written', async (t) => {
  const bytes = serialise(late.schedule);
  const nothing = { reloaded: null, byHand: null, own: () => '', plan: { phases: [] } };
  t.ok(serialise(parseSchedule(bytes, 'schedule.json', nothing)) === bytes);
  t.throws(() => parseSchedule('{}', 'schedule.json', nothing), { code: 'bad-run' });
});
