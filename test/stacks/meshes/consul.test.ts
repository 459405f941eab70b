import { execa } from 'execa';
import t from 'tap';
import { identityOf } from '../../../harness/model/index.ts';
import { renderPolicies } from '../edges/accepts.ts';
import { startConsul } from '../fixtures/consul.ts';
import { ask } from '../fixtures/raw-client.ts';
import { imageOf } from '../fixtures/running-stack.ts';
import { meshContract } from './contract.ts';

const { running, client, serves } = await startConsul();
const { stack } = running;
t.teardown(() => running.stop());

t.ok(await serves(), 'the stack serves within half a minute');

meshContract(running, client, {
  closed: {
    'orders-sidecar': [8080, 15001, 19000],
    edge: [15001, 15443, 19000],
    'control-plane': stack.controlPlane!.adminPorts.filter((port) => port !== 8503),
  },
});

t.test('a caller that says who it is in a header is refused, whoever it is', async (t) => {
  const header = [
    ['x-forwarded-client-cert', `By=spiffe://x;Hash=00;Subject="";URI=${identityOf(stack, 'storefront')}`],
  ] as const;
  const answer = await client.inside('orders', 'GET', '/orders/a/7', { service: 'storefront' }, header);
  t.ok([null, 400, 403].includes(answer.status), `${answer.status ?? answer.error}`);
  t.strictSame(await client.seenBy(answer.id), []);
});

t.test('the control plane gives nothing to who shows no token', async (t) => {
  const server = await running.address('control-plane', 'mesh');
  const xds = await ask({ address: server, port: 8503, path: '/', headers: [['Host', 'x']] });
  t.equal(xds.status, null, 'xDS in clear');
  const anonymous = await running
    .exec('control-plane', ['env', 'CONSUL_HTTP_ADDR=unix:///run/consul/http.sock', 'consul', 'catalog', 'services'])
    .catch(() => '');
  t.equal(anonymous, '', 'without a token the catalogue is empty');
});

t.test('the logs complain of nothing', async (t) => {
  const lines = (await running.logs())
    .split('\n')
    .filter((line) => /\[(ERROR|error|critical)\]|deprecated/i.test(line));
  t.strictSame(lines, []);
});

t.test('Consul itself accepts what any policy compiles to', async (t) => {
  const policies = 8;
  const rendered = await renderPolicies(t, running, { policies, ways: [stack.edge.upstream], checkers: [] });
  t.equal(rendered.written, policies);
  const program =
    'for one in /t/[0-9]*; do consul validate $one/control-plane/agent && sh -n $one/control-plane/start.sh && sh -n $one/sidecar/start.sh || echo REFUSED $one; done';
  const mounts = [`${rendered.folder}:/t:ro`, `${rendered.folder}/secrets/control-plane:/etc/holdfast/secrets:ro`];
  const options = ['--rm', '--network', 'none', ...mounts.flatMap((mount) => ['-v', mount]), '--entrypoint', 'sh'];
  const { stdout } = await execa('docker', ['run', ...options, await imageOf('consul'), '-c', program], { all: true });
  t.equal(stdout.match(/Configuration is valid!/g)?.length, policies, stdout);
  t.notMatch(stdout, /REFUSED/);
});
