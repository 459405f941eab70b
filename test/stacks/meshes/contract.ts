import t from 'tap';
import { certificateAlterations } from '../../../harness/execute/identity/index.ts';
import { identityOf } from '../../../harness/model/index.ts';
import { routes } from '../edges/cases.ts';
import { ask } from '../fixtures/raw-client.ts';
import type { RunningStack } from '../fixtures/running-stack.ts';
import type { ShopClient, Shown } from '../fixtures/shop-client.ts';

export type MeshExpectations = {
  /** Ports that must answer nobody in the mesh, by compose service. */
  readonly closed: Readonly<Record<string, readonly number[]>>;
};

/** What every mesh must do, whatever the product, on a stack that runs and serves. */
export const meshContract = (
  running: RunningStack,
  { inside, outside, seenBy }: ShopClient,
  { closed }: MeshExpectations,
): void => {
  const { stack, authority } = running;

  t.test('each route passes the services that it should, and each sees the one caller that it should', async (t) => {
    for (const { method, path, who, crosses } of routes) {
      const answer = await outside(method, path, authority.token(who));
      t.equal(answer.status, 200, path);
      const seen = await seenBy(answer.id);
      t.strictSame(
        seen.map(({ service }) => service),
        crosses,
        `${path}: witnesses`,
      );
      for (const [i, { service, x }] of seen.entries()) {
        const caller = identityOf(stack, ['edge', ...crosses][i]!);
        const named = x?.split(/[,;]/).filter((element) => element.startsWith('URI='));
        t.strictSame(named, [`URI=${caller}`], `${path}: ${service} was called by ${x}`);
        t.match(x, /^By=[^;,]+;Hash=[0-9a-f]+;/);
      }
    }
  });

  t.test('a sidecar lets in the callers of the policy and nobody else', async (t) => {
    const order = (shown: Shown, path = '/orders/alice/7') => inside('orders', 'GET', path, shown);
    t.equal((await order({ service: 'storefront' })).status, 200, 'twin: the caller of the policy');
    const forged = `By=spiffe://x;Hash=00;Subject="";URI=${identityOf(stack, 'storefront')}`;
    const withHeader = (service: string) =>
      inside('orders', 'GET', '/orders/alice/7', { service }, [['x-forwarded-client-cert', forged]]);
    const paths = ['/orders//7', '/orders/../orders/7', '/x/../orders/7', '/orders/./7', '/orders/', '/ORDERS/7'];
    const spellings = ['/orders/%61', '/orders/%37', '/orders/a;b', '/orders/7#x'];
    const refused: readonly (readonly [string, () => ReturnType<typeof inside>])[] = [
      ['no certificate', () => order(null)],
      ['payments as caller', () => order({ service: 'payments' })],
      ['the edge, past the storefront', () => order({ service: 'edge' })],
      ['its own certificate', () => order({ service: 'orders' })],
      ['a path that is not granted', () => order({ service: 'storefront' }, '/catalogue/7')],
      ['a method that is not granted', () => inside('payments', 'GET', '/checkout/alice', { service: 'orders' })],
      ['payments, and a header that says storefront', () => withHeader('payments')],
      ['orders, and a header that says storefront', () => withHeader('orders')],
      ...[...paths, ...spellings].map((path) => [path, () => order({ service: 'storefront' }, path)] as const),
      ...certificateAlterations.map((alter) => [alter, () => order({ service: 'storefront', alter })] as const),
    ];
    for (const [name, attempt] of refused) {
      const answer = await attempt();
      t.ok([null, 400, 403].includes(answer.status), `${name}: ${answer.status ?? answer.error}`);
      t.strictSame(await seenBy(answer.id), [], name);
    }
  });

  t.test('nothing else answers in the mesh', async (t) => {
    const headers = [['Host', 'orders']] as const;
    const { sidecar, meshPort } = stack.services.find(({ id }) => id === 'orders')!;
    const address = await running.address(sidecar, 'mesh');
    const plain = await ask({ address, port: meshPort, path: '/orders/alice/7', headers });
    t.equal(plain.status, null, 'plaintext to the mesh port');
    for (const [service, ports] of Object.entries(closed))
      for (const port of ports) {
        const { error } = await ask({ address: await running.address(service, 'mesh'), port, path: '/', headers });
        t.equal(error, 'ECONNREFUSED', `${service}: ${port}`);
      }
  });
};
