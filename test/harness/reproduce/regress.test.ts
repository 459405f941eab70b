import t from 'tap';
import { planSchema } from '../../../harness/declare/plan/schema.ts';
import { wantsForm } from '../../../harness/declare/plan/index.ts';
import { bundlesOf, narrow, regressName, regressPlan } from '../../../harness/reproduce/index.ts';
import { schedule } from '../../../harness/schedule/index.ts';
import { attacks, configured, kinds, policy, stack, trace } from '../schedule/inputs.ts';
import { finishedRun } from './finished.ts';
import { endpoints } from '../../support/products.ts';

const [bundle] = bundlesOf(finishedRun((attack, form) => attack === 'E2' && form === 1));
const { part } = bundle!;
const small = narrow(part, 'E2', { others: [], forms: part.own, fromMs: 0, share: 0.1 });

t.test('the plan is valid, is named after its file, and asks for the failing forms alone', async (t) => {
  const plan = regressPlan(bundle!, small, 'needed');
  if (typeof plan === 'string') return t.fail(plan);
  t.strictSame(planSchema.parse(JSON.parse(JSON.stringify(plan))), plan);
  t.equal(plan.id, regressName(bundle!));
  t.match(plan.id, /^regress-e2-two-edge$/);
  t.strictSame(plan.attacks, ['E2/two at edge']);
  t.strictSame(
    plan.load.routes.map(({ id }) => id),
    ['orders'],
    'the twin of the form',
  );
  const all = regressPlan(bundle!, small, 'all');
  if (typeof all === 'string') return t.fail(all);
  t.equal(all.load.routes.length, 2);
});

t.test('its schedule is a load with enough attempts for its bound, and small beside the run', async (t) => {
  const plan = regressPlan(bundle!, small, 'needed');
  if (typeof plan === 'string') return t.fail(plan);
  const { main, attacks: scheduled } = schedule({
    plan,
    stack,
    policy,
    trace,
    attacks,
    seed: 's',
    only: null,
    kinds,
    configured,
    endpoints,
  });
  t.strictSame(
    scheduled.map(({ id, forms }) => [id, forms.map(({ variant }) => variant)]),
    [['E2', ['two']]],
  );
  t.ok(main.arrivals.length >= 120);
  t.ok(main.attempts.length >= 59);
  t.ok(
    main.attempts.every(([, attack, form]) =>
      wantsForm(plan.attacks, { id: 'E2', name: 'x' }, scheduled[attack]!.forms[form]!),
    ),
  );
});

t.test('a rare incident gets the attempts that it takes to find it', async (t) => {
  const rare = { ...bundle!, incident: { ...bundle!.incident, admitted: 1, of: 200 } };
  t.match(regressPlan(rare, small, 'needed'), { bounds: { standard: 0.005, critical: 0.005 } });
  t.match(regressPlan(bundle!, small, 'needed'), { bounds: { standard: 0.05, critical: 0.05 } });
});

t.test('what no plan can say is said in words', async (t) => {
  const edited = finishedRun((attack, form) => attack === 'E2' && form === 1, {}, undefined, [
    { do: 'edit', files: {}, steps: [{ service: 'edge', restart: true }] },
  ]);
  const main = bundlesOf(edited).find(({ part: { segment } }) => segment === 'main');
  const one = main ?? { ...bundle!, part: { ...part, schedule: edited.schedule } };
  t.match(regressPlan(one, one.part, 'needed'), /beside the plan \(edit\)/);
});

t.test('an entry that names no form there is is refused, with those that there are', async (t) => {
  const plan = regressPlan(bundle!, small, 'all');
  if (typeof plan === 'string') return t.fail(plan);
  const wrong = { ...plan, attacks: ['E2/three'] };
  t.throws(
    () => schedule({ plan: wrong, stack, policy, trace, attacks, seed: 's', only: null, kinds, configured, endpoints }),
    {
      code: 'bad-input',
      message: /forms of E2/,
      hint: /one, two/,
    },
  );
});
