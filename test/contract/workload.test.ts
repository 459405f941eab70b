import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { readStack } from '../../harness/declare/stack/index.ts';
import { writeWorkload } from '../../harness/execute/stack/index.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';

/** An address of the loopback that nobody else is likely to listen on: the workload's port is fixed. */
const host = '127.93.0.1';

const listening = async (): Promise<void> => {
  for (;;) {
    const socket = connect(8080, host);
    const up = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (up) return;
    await sleep(20);
  }
};

t.test('whatever got past the proxies is in the journal, however large its head is', async (t) => {
  const folder = t.testdir();
  const journal = join(folder, 'storefront.ndjson');
  const program = writeWorkload(readStack(join(import.meta.dirname, '../../fixtures/stacks/envoy-envoy')), folder);
  const workload = spawn(process.execPath, [join(program, 'main.ts')], {
    env: { ...process.env, SERVICE: 'storefront', NEXT: '', JOURNAL: journal, LISTEN: host },
    stdio: 'ignore',
  });
  t.teardown(() => workload.kill('SIGKILL'));
  await listening();
  const ask = async (id: string, authorization: string): Promise<number> => {
    const sent = request({
      host,
      port: 8080,
      path: '/catalogue',
      headers: { 'x-holdfast-id': id, authorization },
    }).end();
    const [answer] = await once(sent, 'response');
    answer.resume();
    return answer.statusCode;
  };
  t.equal(await ask('small', 'Bearer x'), 200);
  // Envoy lets 60 KiB of headers pass, where a policy says so.
  t.equal(await ask('large', `Bearer ${'x'.repeat(59_000)}`), 200);
  const seen = readFileSync(journal, 'utf8').trimEnd().split('\n');
  t.strictSame(
    seen.map((line) => (JSON.parse(line) as { id: string }).id),
    ['small', 'large'],
  );
});
