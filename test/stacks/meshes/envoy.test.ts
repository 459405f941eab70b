import t from 'tap';
import { startStack } from '../fixtures/running-stack.ts';
import { shopClient } from '../fixtures/shop-client.ts';
import { meshContract } from './contract.ts';

const running = await startStack('fixtures/stacks/envoy-envoy');
t.teardown(() => running.stop());

meshContract(running, await shopClient(running), {
  closed: { 'orders-sidecar': [8080, 15000, 15001], edge: [15000] },
});

t.test('the logs complain of nothing', async (t) => {
  t.notMatch(await running.logs(), /deprecated|\[error\]|\[critical\]/i);
});
