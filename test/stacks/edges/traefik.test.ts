import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { customer } from '../fixtures/shop-client.ts';
import { renderPolicies, runOver } from './accepts.ts';
import { edgeContract } from './contract.ts';
import { eachSubject, limitsEachSubject } from './rate.ts';

const perSecond = 60;
const edge = await edgeContract({
  stack: 'fixtures/stacks/traefik-envoy',
  rateLimits: eachSubject(perSecond, perSecond),
  neverSays: /traefik|\r\n(server|x-powered-by):|x-holdfast-reason/i,
  requests: {
    'up and over': 400,
    'up and over, escaped': 400,
    'up and over, with an escaped slash': 400,
    'an escaped slash': 400,
    // The waiver for paths: a plain spelling is judged, and passed on.
    'an escaped digit': 200,
    'an empty segment': 400,
    'a parameter of a segment': 400,
    'a scheme and a host in the target': 200,
    'the name of the subrequest': 400,
    // The HTTP server of Go does so before any router.
    'an asterisk': { itself: 200 },
  },
  // It passes the name on, and the sidecar of the storefront refuses it.
  underscored: 500,
  keepsNamed: false,
  log: {
    id: 'request_X-Holdfast-Id',
    atMs: ({ StartUTC }) => Date.parse(String(StartUTC)),
    refused: {
      RequestMethod: 'GET',
      RequestPath: '/catalogue/log',
      RouterName: 'rules@file',
      DownstreamStatus: 401,
      ClientUsername: 'token-missing',
    },
    complaint: / (ERR|WRN) /,
  },
});
const { outside, seenBy, logged, running } = edge;
const token = running.authority.token(customer);

limitsEachSubject(edge, {
  asked: 5 * perSecond,
  passes: (seconds) => [perSecond, perSecond * (1 + seconds) + 1],
});

t.test('what the waiver for paths is about: a plain spelling, judged and passed on', async (t) => {
  for (const target of ['/orders/%61lice/7', 'https://shop.holdfast.test/orders/alice/7']) {
    const answer = await outside('GET', target, token);
    t.equal(answer.status, 200, target);
    t.match((await seenBy(answer.id))[0], { p: '/orders/alice/7' });
  }
});

t.test('the log says which rule let a request in, and what no router took', async (t) => {
  const served = await outside('GET', '/catalogue/log', token);
  await outside('GET', '/catalogue/elsewhere', token, [], 'other.holdfast.test');
  t.match(await logged(served.id), {
    RequestMethod: 'GET',
    RequestPath: '/catalogue/log',
    RouterName: 'rules@file',
    DownstreamStatus: 200,
    ClientUsername: 'browse-catalogue',
  });
  const log = await running.edgeLog();
  t.ok(
    log.some(({ RequestPath, DownstreamStatus }) => RequestPath === '/catalogue/elsewhere' && DownstreamStatus === 404),
  );
});

t.test('Traefik itself accepts what any policy compiles to, whichever way leads into the mesh', async (t) => {
  const waivers = [{ enforcer: 'traefik-edge', part: 'paths', reason: 'a test', expires: '2100-01-01' }];
  const rendered = await renderPolicies(t, running, {
    policies: 9,
    ways: ['mutual-tls', 'sidecar', 'clear'],
    vary: (policy) => ({
      ...policy,
      rateLimits: policy.rateLimits.map((limit) => ({ ...limit, burst: limit.requestsPerSecond })),
      waivers,
    }),
    checkers: [],
  });
  t.equal(rendered.written, 9);
  // What it says of one that it cannot take.
  const { folder } = rendered;
  await cp(join(folder, '0'), join(folder, '9-broken'), { recursive: true });
  const dynamic = await readFile(join(folder, '0/edge/dynamic.yaml'), 'utf8');
  await writeFile(join(folder, '9-broken/edge/dynamic.yaml'), dynamic.replaceAll('Host(', 'Hots('));
  // It has no checker of its own, so it is started with each: what it cannot take it logs, and leaves out.
  const program = [
    'for folder in /t/[0-9]*; do',
    '  sed "s|/etc/holdfast/traefik|$folder/edge|; s|/var/journal|/tmp|" $folder/edge/traefik.yaml > /tmp/traefik.yaml',
    '  echo "== $folder"; timeout 1.5 traefik --configFile=/tmp/traefik.yaml || true',
    'done',
  ].join('\n');
  const sections = (await runOver(rendered, 'traefik', program)).split(/^== .*$/m).slice(1);
  t.equal(sections.length, rendered.written + 1);
  const complaint = / (ERR|WRN|FTL) |error/i;
  for (const section of sections.slice(0, -1)) t.notMatch(section, complaint);
  t.match(sections.at(-1), complaint);
});
