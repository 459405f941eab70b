import t from 'tap';
import type { Decision, HistoryRecord, Hop, Link, RouteSlot } from '../../../harness/model/index.ts';
import {
  placeOfHop,
  placesPassed,
  reachedFrom,
  reachedOnlyOver,
  reachedOnlyThrough,
} from '../../../harness/model/index.ts';
import {
  attackOf,
  attempt,
  end,
  formOf,
  intercepted,
  legit,
  phase,
  routeSlot,
  runOf,
  window,
  witness,
} from '../../support/history.ts';
import { checkTold as check } from '../../support/check.ts';

/** A diamond: the edge leads to a, a calls b and c, and both call d. */
const links: readonly Link[] = [
  { from: 'edge', to: 'a' },
  { from: 'a', to: 'b' },
  { from: 'a', to: 'c' },
  { from: 'b', to: 'd' },
  { from: 'c', to: 'd' },
];
const hops: readonly Hop[] = links.map((link) => ({ ...link, port: 15443 }));
const [, ab, ac, bd, cd] = hops as [Hop, Hop, Hop, Hop, Hop];
/** One way through it, and both at once. */
const passes = (route: RouteSlot, hop: Hop, all: readonly Hop[]): boolean =>
  placesPassed(route, all).has(placeOfHop(hop));
const byB: RouteSlot = { ...routeSlot('by-b'), crosses: ['a', 'b', 'd'], hops: [links[0]!, ab, bd] };
const byBoth: RouteSlot = { ...routeSlot('by-both'), crosses: ['a', 'b', 'c', 'd'], hops: links };

t.test('what is reached over a hop, and in no other way', async (t) => {
  t.same([...reachedFrom(links, ['b'])], ['b', 'd']);
  t.same([...reachedOnlyOver(links, hops[0]!)], ['a', 'b', 'c', 'd']);
  t.same([...reachedOnlyOver(links, bd)], [], 'd is reached by way of c as well');
  t.same([...reachedOnlyOver(byB.hops!, bd)], ['d']);
  t.same([...reachedOnlyThrough(links, 'a')], ['a', 'b', 'c', 'd']);
  t.same([...reachedOnlyThrough(links, 'b')], ['b']);
});

t.test('a route passes the hops that it passes, not every hop between its services', async (t) => {
  const passed = (route: RouteSlot): string[] =>
    hops.filter((hop) => passes(route, hop, hops)).map(({ from, to }) => from + to);
  t.same(passed(byB), ['edgea', 'ab', 'bd']);
  t.same(passed(byBoth), ['edgea', 'ab', 'ac', 'bd', 'cd']);
  const across: readonly Hop[] = [...hops, { from: 'a', to: 'd', port: 15443 }];
  t.notOk(passes(byB, across[5]!, across), 'a and d are both passed, the hop between them is not');
  const { hops: _, ...older } = byB;
  t.ok(passes(older, bd, hops), 'an older history names the services alone');
});

const peer = (member: string): string => `spiffe://small.test/${member}`;
const saw = (service: string, from: string | null, atMs = 1001): HistoryRecord =>
  witness(9, atMs, { service, peer: from === null ? null : peer(from) });

t.test('a comparison follows every way through the graph', async (t) => {
  const decision = (at: string, allow: boolean, from?: string): Decision => ({
    at,
    enforcer: null,
    allow,
    by: [`calls.${from ?? ''}-${at}`],
    ...(from !== undefined && { from }),
  });
  /** b may call d, and c may not. */
  const decisions = [
    decision('edge', true),
    decision('a', true),
    decision('b', true),
    decision('c', true, 'a'),
    decision('d', true, 'b'),
    decision('d', false, 'c'),
  ];
  const judged = (status: number, ...seen: readonly HistoryRecord[]) => {
    const attack = attackOf({
      corpus: true,
      required: 1,
      forms: [formOf({ evidence: 'decision', route: 'by-both', decisions })],
    });
    const run = runOf([attack], { routes: [byBoth], stack: { ...runOf([]).stack, hops } });
    const around = [legit(0, 800), legit(1, 1200)];
    const [finding] = check([run, phase('rest', 0, 5000), ...around, attempt(9, 1000, { status }), ...seen, end()]);
    return finding!.judged[0]!;
  };
  const abc = [saw('a', 'edge'), saw('b', 'a'), saw('c', 'a')];
  t.equal(judged(403, ...abc, saw('d', 'b')).verdict, 'served', 'the way by b ends at d, the one by c before it');
  const beyond = judged(200, ...abc, saw('d', 'b'), saw('d', 'c'));
  t.equal(beyond.verdict, 'admitted', 'the journal of d says that c came in as well');
  t.same(
    beyond.decisions.map(({ at, did }) => `${at} ${did}`),
    ['edge allow', 'a allow', 'b allow', 'c allow', 'd allow', 'd allow'],
  );
  t.equal(judged(200, ...abc, saw('d', 'c')).verdict, 'admitted', 'c alone came in');
  t.equal(judged(403, saw('a', 'edge')).verdict, 'withheld', 'a was turned away by both');
  t.equal(judged(200, saw('a', 'edge'), saw('b', 'a'), saw('d', 'b')).verdict, 'served', 'c was never asked');
  t.equal(
    judged(403, saw('a', 'edge'), saw('c', 'a')).verdict,
    'served',
    'that b was not seen says nothing while the answer is the refusal by d',
  );
});

t.test('an interception of one way is not answered by another', async (t) => {
  const judged = (route: RouteSlot, hop: Hop, ...seen: readonly HistoryRecord[]): string => {
    const form = formOf({ evidence: 'interceptor', route: route.id, target: `${hop.from}→${hop.to}` });
    const attack = attackOf({ id: 'M5', required: 1, forms: [form] });
    const run = runOf([attack], { routes: [route], stack: { ...runOf([]).stack, hops } });
    const one = attempt(9, 2500, { attack: 'M5', status: 502 });
    const refused = intercepted(1, 2501, 'refused');
    const taken = window(1, [2000, 3000], { attack: 'M5', hop });
    const around = [legit(0, 1500), legit(1, 1700), legit(2, 3400), legit(3, 3600)];
    const records = [run, phase('rest', 0, 5000), ...around, one, taken, refused, ...seen, end()];
    const [finding] = check(records as HistoryRecord[]);
    const [verdict] = finding!.judged;
    return verdict!.reason ?? verdict!.verdict;
  };
  const came = [saw('a', 'edge', 2501), saw('b', 'a', 2502)];
  t.equal(judged(byB, bd, ...came, saw('d', 'b', 2503)), 'admitted');
  t.equal(judged(byB, bd, ...came), 'refused');
  t.equal(judged(byBoth, bd, ...came, saw('c', 'a', 2502), saw('d', 'c', 2503)), 'refused', 'd was called by c');
  t.equal(judged(byBoth, bd, ...came, saw('d', 'c', 2503), saw('d', 'b', 2503)), 'admitted', 'and here by b too');
  t.equal(judged(byBoth, ab, ...came), 'admitted');
  t.equal(judged(byBoth, ac, ...came, saw('d', 'b', 2503)), 'refused');
  t.ok(passes(byBoth, cd, hops));
});
