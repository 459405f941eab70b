import t from 'tap';
import { readEvent } from '../../../../../harness/kinds/actions/intercept/events.ts';
import { layOut } from '../../../../../harness/kinds/actions/intercept/layout.ts';
import type { Interception } from '../../../../../harness/kinds/actions/intercept/op.ts';
import { giveBack, takeOver } from '../../../../../harness/kinds/actions/intercept/ruleset.ts';
import type { Operation } from '../../../../../harness/model/index.ts';

const window = (attack: number, form: number, interceptor: Interception['interceptor']): Operation => ({
  kind: 'intercept',
  startMs: 0,
  endMs: 1,
  attack,
  form,
  op: { hop: { from: 'a', to: 'b', port: 15_443 }, interceptor },
});

t.test('each form that takes over a hop has a port of its own, and shares a process where it can', async (t) => {
  const operations = [
    window(1, 0, { kind: 'impostor', certificate: { service: 'b' } }),
    window(2, 0, { kind: 'mitmproxy', mode: 'own-ca' }),
    window(2, 1, { kind: 'mitmproxy', mode: 'tamper' }),
    window(2, 0, { kind: 'mitmproxy', mode: 'own-ca' }),
    window(2, 2, { kind: 'mitmproxy', mode: 'stolen-certificate', stolenFrom: 'c' }),
  ];
  t.match(layOut(operations), [
    { attack: 1, form: 0, container: 'impostor', port: 21_000 },
    { attack: 2, form: 0, container: 'mitmproxy', port: 21_001 },
    { attack: 2, form: 1, container: 'mitmproxy', port: 21_002 },
    { attack: 2, form: 2, container: 'mitmproxy-as-c', port: 21_003 },
  ]);
  t.equal(layOut(operations).length, 4, 'a further window of a form has the listener of the first');
  const many = Array.from({ length: 1001 }, (_, form) => window(0, form, { kind: 'mitmproxy', mode: 'own-ca' }));
  t.throws(() => layOut(many), { code: 'internal', message: /1000.*1001/ });
});

t.test('what an interceptor prints is an event, or nothing', async (t) => {
  const line = {
    event: 'clear',
    atNs: '12',
    port: 21_000,
    handshake: 'accepted',
    heard: true,
    id: 'r.legit.1.ff',
    detail: 'x'.repeat(500),
  };
  t.match(readEvent(JSON.stringify(line)), { event: 'clear', atNs: 12n, id: 'r.legit.1.ff', detail: 'x'.repeat(200) });
  t.equal(readEvent(JSON.stringify({ ...line, event: 'ready' })), 'ready');
  for (const bad of ['', '{', 'null', '{"event":"clear"}', JSON.stringify({ ...line, extra: 1 })])
    t.equal(readEvent(bad), null);
});

t.test('rules begin with a clean table, and giving back diverts nothing', async (t) => {
  const to = { callee: '198.18.1.2', calleePort: 15_443, interceptor: '198.18.1.3', interceptorPort: 21_000 };
  for (const rules of [takeOver(to), giveBack(to)])
    t.match(rules, /^add table ip holdfast; delete table ip holdfast; /);
  t.match(takeOver(to), /dnat to 198\.18\.1\.3:21000/);
  t.notMatch(giveBack(to), /dnat/);
  const [, first, last] = /ip daddr 198\.18\.1\.3 tcp dport (\d+)-(\d+) /.exec(giveBack(to)) ?? [];
  t.equal(Number(first), 21_000);
  t.ok(Number(last) < 32_768, 'an interceptor that calls the former caller gets its answers');
});
