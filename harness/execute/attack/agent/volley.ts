import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import type { Job, Result } from '../job.ts';
import { connections } from './connection.ts';
import { exchangeHttp1 } from './exchange.ts';
import type { Seen } from './exchange.ts';
import { exchangeH2c } from './h2c.ts';
import { exchangeHello } from './hello.ts';

/**
 * Runs a job: open-loop, each attempt at its own absolute time whatever is in flight (relative sleeps would drift), one
 * outcome each. Results are written as they come, so that a run which is cut short keeps what it had.
 */
export const runJob = async (
  job: Job,
  addresses: Readonly<Record<string, string>>,
  resultsFile: string,
): Promise<void> => {
  const pool = connections(job, addresses);
  const exchanges = job.requests.map((request, index) => {
    const address = addresses[request.to]!;
    if (request.transport === 'h2c') return exchangeH2c(address, request, job.timeoutMs, pool.nextId);
    if (request.transport === 'hello') return exchangeHello(address, request, job.timeoutMs, pool.nextId);
    return exchangeHttp1(pool, index, request, job.timeoutMs);
  });
  const origin = BigInt(job.origin);
  const results = createWriteStream(resultsFile, { mode: 0o600 });
  let lines: string[] = [];
  const flush = (): void => {
    if (lines.length > 0) results.write(lines.join(''));
    lines = [];
  };
  const flushing = setInterval(flush, 250);

  await new Promise<void>((resolve) => {
    let next = 0;
    let open = job.slots.length;
    const fire = ([, request, fresh, kind, seq, id]: Job['slots'][number]): void => {
      const sent = process.hrtime.bigint();
      exchanges[request]!(id, seq, fresh === 1, ({ status, error, connection, proved }: Seen) => {
        const end = process.hrtime.bigint();
        const result: Result = [kind, seq, String(sent), String(end), status, error, connection, proved ? 1 : 0];
        lines.push(JSON.stringify(result) + '\n');
        if (--open === 0) resolve();
      });
    };
    const elapsedMs = (): number => Number(process.hrtime.bigint() - origin) / 1e6;
    const tick = (): void => {
      const now = elapsedMs();
      while (next < job.slots.length && job.slots[next]![0] <= now) fire(job.slots[next++]!);
      if (next < job.slots.length) setTimeout(tick, Math.max(0, job.slots[next]![0] - elapsedMs()));
    };
    if (open === 0) resolve();
    else tick();
  });

  clearInterval(flushing);
  flush();
  pool.close();
  results.end();
  await once(results, 'close');
};
