import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import type { Job, Result } from '../job.ts';
import type { Seen } from './exchange.ts';
import { loadSenders } from './senders.ts';

/**
 * Runs a job: open-loop, each attempt at its own absolute time whatever is in flight (relative sleeps would drift), one
 * outcome each. Results are written as they come, so that a run which is cut short keeps what it had.
 */
export const runJob = async (
  job: Job,
  addresses: Readonly<Record<string, string>>,
  resultsFile: string,
): Promise<void> => {
  const senders = await loadSenders();
  const started = new Map([...new Set(senders.values())].map((agent) => [agent, agent.start(job, addresses)]));
  const exchanges = job.requests.map(({ transport }, index) => {
    const agent = senders.get(transport);
    if (agent === undefined)
      throw new Error(`expected a sender of ${[...senders.keys()].join(', ')}, found the transport "${transport}"`);
    return started.get(agent)!.exchange(index);
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
  for (const { close } of started.values()) close();
  results.end();
  await once(results, 'close');
};
