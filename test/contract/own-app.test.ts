import { join } from 'node:path';
import t from 'tap';
import { discoverAttacks, projectRoot } from '../../harness/declare/discover/index.ts';
import { routesOf, uncrossedHops } from '../../harness/declare/forms/index.ts';
import { onStack, readPlan } from '../../harness/declare/plan/index.ts';
import { readPolicy } from '../../harness/declare/policy/index.ts';
import { requestText } from '../../harness/declare/run/index.ts';
import { hopsOf, readStack } from '../../harness/declare/stack/index.ts';
import type { AttackContext, Form, HistoryRecord, Hop, Policy } from '../../harness/model/index.ts';
import { decisionsAlong } from '../../harness/policy/decide/index.ts';
import { schedule } from '../../harness/schedule/index.ts';
import { routeSlots } from '../../harness/schedule/routes.ts';
import { attackOf, attempt, end, phase, runOf, traffic, witness } from '../support/history.ts';
import { diamond, diamondPolicy, diamondStack } from '../support/diamond.ts';
import { buildReport, kinds } from '../support/check.ts';
import { endpoints } from '../support/products.ts';

const attacks = await discoverAttacks();
const formsOf = (id: string, context: AttackContext): readonly Form[] => attacks.get(id)!.attack.attempts(context);
const shipped = readStack(join(projectRoot, 'fixtures/stacks/envoy-envoy'));
const shop = readPolicy(shipped.policy);
const plan = readPlan('sabotage');

/** The shop with a policy of somebody's own, and a plan with routes changed to fit. */
const ownPolicy: Policy = {
  ...shop,
  rules: [
    { id: 'look', who: 'authenticated', methods: ['GET'], paths: ['/catalogue/**'] },
    { id: 'mine', who: ['customer'], methods: ['GET'], paths: ['/orders/{sub}'] },
  ],
};
const routes = [
  { id: 'look', weight: 1, method: 'GET', path: '/catalogue/7', role: 'customer' },
  { id: 'mine', weight: 1, method: 'GET', path: '/orders/{sub}', role: 'customer' },
];
const own = onStack({ ...plan, load: { ...plan.load, routes } }, shipped);

const contexts: Readonly<Record<string, AttackContext>> = {
  'a policy and routes of one’s own': { stack: own.stack, policy: ownPolicy, hops: hopsOf(own.stack), endpoints },
  'another app': diamond,
};

const firstOf = ({ policy, stack }: AttackContext, send: Form['send']) => decisionsAlong(policy, stack, send)[0]!;

/** What becomes of an attack of the edge, every form of it once: at an edge that decides as the policy, and at one that asks for no token. */
const verdictAt = (edge: 'sound' | 'weak', id: string, context: AttackContext): string => {
  const { policy, stack } = context;
  const forms = formsOf(id, context);
  const replayed = routeSlots(onStack(plan, stack).plan, policy, stack.app.services);
  const letsIn = ({ send }: Form): boolean => {
    const route = routesOf(context).find(({ path, method }) => path === send.http.path && method === send.http.method);
    // A weak edge sees the path and the method alone: what they would permit to the right user, it permits to everybody.
    const http = { ...send.http, headers: [], ...(route !== undefined && { token: route.token }) };
    return edge === 'sound' ? firstOf(context, send).allow : firstOf(context, { ...send, http }).allow;
  };
  const events = forms.flatMap((form, i): HistoryRecord[] => {
    const got = letsIn(form);
    const one = attempt(1000 + i, 500 + i, { attack: id, form: i, status: got ? 200 : 401 });
    return got ? [one, witness(1000 + i, 501 + i, { service: stack.services[0]!.id })] : [one];
  });
  const record = attackOf({
    ...attacks.get(id)!.meta,
    required: forms.length,
    bound: 0.99,
    forms: forms.map(({ variant, target, vantage, evidence, twin, ...form }) => ({
      variant,
      target,
      vantage,
      evidence,
      route: twin.kind === 'traffic' ? twin.route : null,
      request: requestText({ variant, target, vantage, evidence, twin, ...form }, kinds),
    })),
  });
  const each = replayed.flatMap((_, route) => traffic(0, 2000, 200, { route, firstSeq: route * 10 }));
  const run = runOf([record], { routes: replayed });
  return buildReport([run, phase('rest', 0, 2000), ...each, ...events, end()]).attacks[0]!.verdict;
};

for (const [name, context] of Object.entries(contexts)) {
  t.test(name, async (t) => {
    const { policy, stack } = context;
    const ids = routesOf(context).map(({ id }) => id);
    t.ok(ids.length > 1);
    for (const id of ['E1', 'E2', 'E3', 'E15']) {
      t.equal(verdictAt('sound', id, context), 'pass', `${id} holds at a sound edge`);
      if (id !== 'E15') t.equal(verdictAt('weak', id, context), 'fail', `${id} fails where no token is asked for`);
    }
    for (const [id, { attack }] of attacks) {
      // It takes a path away that no route needs: the routes of the first of these need them all.
      if (id === 'P6' && policy === ownPolicy) continue;
      for (const { variant, twin, during, send } of attack.attempts(context)) {
        if (twin.kind === 'traffic') t.ok(ids.includes(twin.route), `${id} ${variant}: its twin is replayed`);
        else t.equal(firstOf(context, twin.send).allow, true, `${id} ${variant}: its twin is let in`);
        if (during === undefined) continue;
        const { from, to } = during.op['hop'] as Hop;
        const way = decisionsAlong(policy, stack, send);
        t.ok(
          way.some(({ at, allow }) => at === to && allow),
          `${id} ${variant}: a request that is let in crosses ${from}→${to}`,
        );
      }
    }
    const made = schedule({
      ...onStack(plan, stack),
      policy,
      trace: { id: 'flat', source: '', perSecond: Array.from({ length: 8000 }, () => 5) },
      attacks: [...attacks.values()].filter(({ meta }) => meta.id !== 'P6'),
      seed: 'own',
      only: null,
      kinds,
      configured: { configuration: new Map(), configure: () => new Map() },
      endpoints,
    });
    t.ok(made.main.attempts.length > 0);
  });
}

t.test('what the policy of a stack permits is no attempt of E15', async (t) => {
  for (const context of Object.values(contexts))
    for (const { variant, send } of formsOf('E15', context)) t.equal(firstOf(context, send).allow, false, variant);
  const open: Policy = {
    ...diamondPolicy,
    rules: [...diamondPolicy.rules, { id: 'all', who: 'authenticated', methods: ['GET'], paths: ['/**', '/'] }],
  };
  const forms = formsOf('E15', { ...diamond, policy: open });
  t.ok(forms.length > 0);
  t.notOk(forms.some(({ variant }) => ['path-without-a-rule', 'root-without-a-rule'].includes(variant)));
});

t.test('a route goes over hops, two ways at once where the app does', async (t) => {
  const hops = Object.fromEntries(
    routesOf(diamond).map((route) => [route.id, route.hops.map(({ from, to }) => `${from}→${to}`).join(' ')]),
  );
  t.strictSame(hops, { read: 'edge→a', own: 'edge→a a→b a→c', make: 'edge→a a→b a→c b→d c→d' });
  const targets = new Set(formsOf('M16', diamond).map(({ target }) => target));
  t.strictSame([...targets], ['edge→a', 'a→b', 'a→c', 'b→d', 'c→d'], 'each hop is taken over');
  t.strictSame(uncrossedHops(diamond), []);
  const own = contexts['a policy and routes of one’s own']!;
  t.match(uncrossedHops(own), [{ from: 'orders', to: 'payments' }], 'no route of these goes there');
  const along = decisionsAlong(diamondPolicy, diamondStack, formsOf('M16', diamond)[0]!.send);
  t.strictSame(
    along.map(({ at, from, allow }) => `${from ?? ''}→${at} ${allow}`),
    ['→edge true', '→a true', '→b true', 'a→c true', 'b→d true', 'c→d true'],
  );
});

t.test('routes that do not fit are refused, with what does not', async (t) => {
  const [route] = routes as [(typeof routes)[0], unknown];
  const cases: readonly (readonly [change: Partial<typeof route>, message: RegExp])[] = [
    [{ role: 'clerk' }, /expected a role of the policy shop for the route "look".*found "clerk"/],
    [{ path: '/catalogue' }, /expected the policy shop to permit GET \/catalogue to the role customer/],
  ];
  for (const [change, message] of cases) {
    const wrong = { ...plan, load: { ...plan.load, routes: [{ ...route, ...change }] } };
    t.throws(() => routeSlots(wrong, ownPolicy, shipped.app.services), { code: 'bad-input', message, hint: /./ });
  }
  const without = { ...diamondPolicy, calls: diamondPolicy.calls.filter(({ from }) => from !== 'c') };
  t.throws(() => routeSlots(onStack(plan, diamondStack).plan, without, diamondStack.app.services), {
    code: 'bad-input',
    message: /grant PUT \/make\/\{sub\} from c to d/,
  });
});
