import t from 'tap';
import { bundlesOf, lengthOf, requestsIn, shrink } from '../../../harness/reproduce/index.ts';
import type { Part, TrialOutcome } from '../../../harness/reproduce/index.ts';
import { finishedRun } from './finished.ts';

const [bundle] = bundlesOf(
  finishedRun((attack, form, segment, at) => attack === 'E2' && form === 1 && segment === 'main' && at > 9000),
);
const part = bundle!.part;

const idsOf = ({ schedule }: Part): readonly string[] => schedule.attacks.map(({ id }) => id);
const variantsOf = ({ schedule }: Part, id: string): readonly string[] =>
  (schedule.attacks.find((attack) => attack.id === id)?.forms ?? []).map(({ variant }) => variant);

/** Shrinks the part where `shows` says what a run of a candidate comes to. */
const shrunk = async (budget: number, shows: (candidate: Part, run: number) => TrialOutcome) => {
  const said: string[] = [];
  let run = 0;
  const result = await shrink({
    part,
    attack: 'E2',
    cutStart: true,
    budget,
    trial: async (candidate) => shows(candidate, (run += 1)),
    say: (line) => void said.push(line),
  });
  return { ...result, said };
};
const when = (holds: boolean): TrialOutcome => (holds ? 'shown' : 'absent');

t.test(
  'an incident that needs nothing else is as small as can be after a few runs, and the rest confirms it',
  async (t) => {
    const { smallest, confirmed, runs, said } = await shrunk(30, (one) => when(variantsOf(one, 'E2').includes('two')));
    t.strictSame(idsOf(smallest!), ['E2']);
    t.strictSame(variantsOf(smallest!, 'E2'), ['two']);
    t.ok(lengthOf(smallest!.schedule.main) <= 3600, 'two seconds, and what comes after');
    t.ok(requestsIn(smallest!.schedule.main) < requestsIn(part.schedule.main) / 4);
    t.strictSame(confirmed, { shown: 10, runs: 10 });
    t.ok(runs <= 13);
    t.match(said[0], /^try 1: E2 .1 form.; [0-9.]+ s, [0-9]+ requests$/);
  },
);

t.test('what needs another attack keeps that one alone', async (t) => {
  const { smallest, runs } = await shrunk(30, (one) => when(idsOf(one).includes('M1')));
  t.strictSame(idsOf(smallest!).toSorted(), ['E2', 'M1']);
  t.ok(runs <= 30);
});

t.test('what needs load keeps as much as it needs', async (t) => {
  const least = part.schedule.main.arrivals.length * 0.2;
  const { smallest } = await shrunk(30, ({ schedule }) => when(schedule.main.arrivals.length >= least));
  t.ok(smallest!.schedule.main.arrivals.length >= least);
  t.ok(smallest!.schedule.main.arrivals.length < part.schedule.main.arrivals.length * 0.6);
});

t.test('an incident that comes by chance is tried again, and one found by luck alone is given up', async (t) => {
  const flaky = await shrunk(30, (_, run) => when(run % 2 === 0));
  t.not(flaky.smallest, null);
  t.ok(flaky.confirmed.shown > 0 && flaky.confirmed.shown < flaky.confirmed.runs);
  const lucky = await shrunk(30, (one, run) => when(run === 3 || idsOf(one).length > 3));
  t.ok(idsOf(lucky.smallest!).length > 3, 'back to the one that fails again');
  t.equal(lucky.confirmed.shown, lucky.confirmed.runs);
});

t.test('the budget holds, and part of it is left to confirm', async (t) => {
  for (const budget of [4, 7, 12]) {
    const { runs, confirmed } = await shrunk(budget, (one) => when(idsOf(one).length > 2));
    t.ok(runs <= budget, `${runs} of ${budget}`);
    t.ok(confirmed.runs === 0 || confirmed.runs >= 3);
  }
});

t.test('what is not seen again is not made smaller', async (t) => {
  for (const outcome of ['absent', 'unknown'] as const) {
    const { smallest, confirmed, runs } = await shrunk(30, () => outcome);
    t.equal(smallest, null);
    t.strictSame(confirmed, { shown: 0, runs: 0 });
    t.ok(runs <= 4, 'twice small, twice whole');
  }
});

t.test('after an interruption there is what there was', async (t) => {
  const { smallest, stopped, runs } = await shrunk(30, (_, run) => (run > 2 ? 'stopped' : 'shown'));
  t.not(smallest, null);
  t.equal(stopped, true);
  t.equal(runs, 2);
});
