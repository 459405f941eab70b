import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import type { Test } from 'tap';
import { identityOf } from '../../../harness/model/index.ts';
import { startStack } from '../fixtures/running-stack.ts';
import type { RunningStack } from '../fixtures/running-stack.ts';
import { customer, shopClient } from '../fixtures/shop-client.ts';
import type { Asked, ShopClient } from '../fixtures/shop-client.ts';
import { acceptsAnyPolicy } from './accepts.ts';
import { helloCases, hostCases, identityHeaders, requestCases, routes, tokenCases } from './cases.ts';
import type { Differs, EdgeExpectations, Status } from './expectations.ts';

/** The log of an edge is written a moment after the answer. */
const logMs = 500;

export type EdgeUnderTest = ShopClient & { readonly running: RunningStack; readonly logged: ShopLog };
type ShopLog = (id: string) => Promise<Record<string, unknown> | undefined>;

/**
 * What every edge must do, whatever the product: brings its stack up, defines the tests, and gives what the product's own tests
 * need. A product may answer a refused request in its own way (`EdgeExpectations`), and none reaches a workload.
 */
export const edgeContract = async (expected: EdgeExpectations): Promise<EdgeUnderTest> => {
  const running = await startStack(expected.stack, (policy) => ({ ...policy, rateLimits: expected.rateLimits }));
  t.teardown(() => running.stop());
  const client = await shopClient(running);
  const { outside, seenBy } = client;
  const { authority, stack } = running;
  const logged: ShopLog = async (id) => {
    await sleep(logMs);
    return (await running.edgeLog()).find((entry) => entry[expected.log.id] === id);
  };
  const unused = (known: readonly string[], differs: Differs = {}): readonly string[] =>
    Object.keys(differs).filter((name) => !known.includes(name));
  const answerOf = (differs: Differs | undefined, name: string, common: Status): Status =>
    differs !== undefined && name in differs ? differs[name]! : common;

  /** Where a request was let in somebody saw it, whose subject was verified; where it was not, nobody did. */
  const answered = async (t: Test, name: string, { id, status, error }: Asked, wanted: Status): Promise<void> => {
    const itself = typeof wanted === 'object' && wanted !== null;
    t.equal(status, itself ? wanted.itself : wanted, `${name}: ${error ?? ''}`);
    const seen = await seenBy(id);
    if (wanted === 200) t.equal(seen[0]?.h['x-holdfast-subject'], customer.subject, name);
    else t.strictSame(seen, [], name);
  };

  t.test('each route passes, and each service sees the caller and the subject that it should', async (t) => {
    for (const { method, path, who, crosses } of routes) {
      const answer = await outside(method, path, authority.token(who));
      t.equal(answer.status, 200, path);
      t.match(answer.text, `"id":"${answer.id}"`, 'the answer carries its own identity');
      t.notMatch(answer.text, expected.neverSays, 'the answer gives nothing away');
      if (expected.says !== undefined) t.match(answer.text, expected.says);
      const seen = await seenBy(answer.id);
      t.strictSame(
        seen.map(({ service }) => service),
        crosses,
        `${path}: witnesses`,
      );
      for (const [i, { service, m, p, x }] of seen.entries()) {
        t.strictSame({ m, p }, { m: method, p: path }, `${service}: what was asked`);
        const caller = identityOf(stack, i === 0 ? 'edge' : crosses[i - 1]!);
        t.ok(x?.endsWith(`;URI=${caller}`), `${path}: ${service} was called by ${x}`);
      }
      t.equal(seen[0]?.h['x-holdfast-subject'], who.subject);
      t.notOk(seen[0]?.h['authorization'], 'the token ends at the edge');
    }
  });

  t.test('every broken token is refused, and no workload sees the request', async (t) => {
    const cases = tokenCases(authority);
    for (const { name, path, token, headers } of cases) {
      const answer = await outside('GET', path, token, headers);
      t.notMatch(answer.text, expected.neverSays, `${name}: the answer gives nothing away`);
      await answered(t, name, answer, answerOf(expected.tokens, name, 401));
    }
    const names = cases.map(({ name }) => name);
    t.strictSame(unused(names, expected.tokens), [], 'every expectation is of a case');
  });

  t.test('what the policy does not allow is refused, and no workload sees it', async (t) => {
    for (const { name, method, path, who, headers } of requestCases) {
      const answer = await outside(method, path, authority.token(who), headers);
      t.notMatch(answer.text, expected.neverSays, `${name}: the answer gives nothing away`);
      await answered(t, name, answer, answerOf(expected.requests, name, 403));
    }
    const names = requestCases.map(({ name }) => name);
    t.strictSame(unused(names, expected.requests), [], 'every expectation is of a case');
  });

  t.test('it serves one host, under one server name, at the floor of TLS', async (t) => {
    const token = authority.token(customer);
    for (const host of hostCases) {
      const answer = await outside('GET', '/catalogue/7', token, [], host);
      await answered(t, host, answer, answerOf(expected.hosts, host, 404));
    }
    const spelt = await outside('GET', '/catalogue/7', token, [], 'SHOP.holdfast.test:8443');
    t.equal(spelt.status, 200, 'the same host, spelt with case and port');
    t.equal((await seenBy(spelt.id)).length, 1);
    for (const [name, hello] of Object.entries(helloCases)) {
      const tls = { rejectUnauthorized: false, ...hello };
      const answer = await outside('GET', '/catalogue/7', token, [], stack.edge.hostname, tls);
      await answered(t, name, answer, answerOf(expected.hellos, name, null));
    }
    t.strictSame(unused(hostCases, expected.hosts), []);
    t.strictSame(unused(Object.keys(helloCases), expected.hellos), []);
  });

  t.test('nothing that a client says of itself reaches a workload', async (t) => {
    const marker = 'hf-spoof-1';
    const spoofs = identityHeaders.flatMap((name) => [[name, marker] as const, [name.toLowerCase(), marker] as const]);
    const token = authority.token(customer);
    // Connection may name headers that a proxy is to remove: those of the edge among them.
    const own = [
      'x-holdfast-subject, x-forwarded-for',
      ...(expected.keepsNamed ? ['x-holdfast-subject, x-holdfast-id'] : []),
    ];
    const connections = [
      'close',
      ...identityHeaders,
      ...own.flatMap((named) => [`close, ${named}`, `keep-alive, ${named}`]),
    ];
    for (const connection of connections) {
      const answer = await outside('GET', '/orders/alice/7', token, [...spoofs, ['Connection', connection]]);
      const status = answerOf(expected.connections, connection, 200);
      await answered(t, connection, answer, status);
      const seen = await seenBy(answer.id);
      t.equal(seen.length, status === 200 ? 2 : 0, connection);
      t.notMatch(JSON.stringify(seen), marker, connection);
    }
    t.strictSame(unused(connections, expected.connections), []);
    const underscored = await outside('GET', '/catalogue/7', token, [['X_User', marker]]);
    t.equal(underscored.status, expected.underscored, 'an underscored name');
    const seen = await seenBy(underscored.id);
    t.equal(seen.length, expected.underscored === 200 ? 1 : 0);
    t.notMatch(JSON.stringify(seen), marker, 'an underscore may read as a dash');
  });

  t.test('the edge logs what it answered, with the reason', async (t) => {
    const { refused, atMs, complaint, innocent } = expected.log;
    const { id } = await outside('GET', '/catalogue/log', null);
    const entry = await logged(id);
    t.match(entry, refused);
    t.ok(entry !== undefined && Math.abs(atMs(entry) - Date.now()) < 60_000, 'it says when');
    const complaints = (await running.logs()).split('\n').filter((line) => complaint.test(line));
    t.strictSame(
      complaints.filter((line) => innocent?.test(line) !== true),
      [],
      'the product does not complain',
    );
  });

  const { accepts } = expected;
  if (accepts !== undefined)
    t.test('the product itself accepts what any policy compiles to, whichever way leads into the mesh', (t) =>
      acceptsAnyPolicy(t, running, accepts),
    );

  return { ...client, running, logged };
};
