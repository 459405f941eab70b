import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { readStack } from '../../harness/declare/stack/index.ts';
import { placeOf } from '../../fixtures/apps/shop/workload/routes.ts';
import { writeWorkload } from '../../harness/execute/stack/index.ts';
import { answersItself, onwardFrom } from '../../harness/model/index.ts';
import { diamondStack } from '../support/diamond.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';

/** An address of the loopback that nobody else is likely to listen on: the workload's port is fixed. */
const host = '127.93.0.1';

const fixtures = join(import.meta.dirname, '../../fixtures');

const listening = async (address: string): Promise<void> => {
  for (;;) {
    const socket = connect(8080, address);
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
  const program = writeWorkload(readStack(join(fixtures, 'stacks/envoy-envoy')), folder);
  const workload = spawn(process.execPath, [join(program, 'main.ts')], {
    env: { ...process.env, SERVICE: 'storefront', NEXT: '', JOURNAL: journal, LISTEN: host },
    stdio: 'ignore',
  });
  t.teardown(() => workload.kill('SIGKILL'));
  await listening(host);
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

t.test('one request goes to every service that the app calls for it, and comes back as one answer', async (t) => {
  const folder = t.testdir();
  const program = writeWorkload({ app: { ...diamondStack.app, folder: join(fixtures, 'apps/shop') } }, folder);
  const at = (id: string): string => `127.93.1.${'abcd'.indexOf(id) + 1}`;
  const start = (id: string, next: string): void => {
    const env = { ...process.env, SERVICE: id, NEXT: next, JOURNAL: join(folder, `${id}.ndjson`), LISTEN: at(id) };
    const workload = spawn(process.execPath, [join(program, 'main.ts')], { env, stdio: 'ignore' });
    t.teardown(() => workload.kill('SIGKILL'));
  };
  const to = (id: string): string => `http://${at(id)}:8080`;
  start('a', `b=${to('b')},c=${to('c')}`);
  start('b', to('d'));
  start('c', `d=${to('d')}`);
  start('d', '');
  await Promise.all(['a', 'b', 'c', 'd'].map((id) => listening(at(id))));
  const ask = async (path: string): Promise<{ status: number; body: unknown }> => {
    const sent = request({ host: at('a'), port: 8080, path, headers: { 'x-holdfast-id': 'one' } }).end();
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    return { status: answer.statusCode!, body: JSON.parse(Buffer.concat(chunks).toString()) };
  };
  const seen = (id: string): number =>
    readFileSync(join(folder, `${id}.ndjson`), 'utf8')
      .trimEnd()
      .split('\n').length;
  t.match(await ask('/read/1'), { status: 200, body: { services: ['a'], id: 'one', path: '/read/1' } });
  t.match(await ask('/own/x?a=/make'), { status: 200, body: { services: ['a', 'b', 'c'], id: 'one' } });
  t.match(await ask('/make/x'), { status: 200, body: { services: ['a', 'b', 'd', 'c', 'd'], id: 'one' } });
  t.match(await ask('/maker'), { status: 404, body: { services: ['a'] } });
  t.strictSame(['a', 'b', 'c', 'd'].map(seen), [4, 2, 2, 2], 'd was called by two');
});

t.test('a program and the harness read a call graph alike', async (t) => {
  const { services } = diamondStack.app;
  for (const target of ['/read', '/read/1?x=/own', '/own/a', '/make#/read', '/maker', '/', '', '/own?', '//own'])
    for (const { id } of services) {
      const place = placeOf(services, id, target);
      const next = typeof place === 'string' ? [] : place.next;
      t.strictSame(next, onwardFrom(services, id, target), `${id} ${target}`);
      t.equal(
        place === 'here',
        answersItself(
          services.find((one) => one.id === id)!,
          target,
        ),
        `${id} ${target}`,
      );
    }
});
