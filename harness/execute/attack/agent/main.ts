/**
 * The attacker's process, in a container on one network of the run. It obeys the host's commands on standard input and ends
 * when that closes, so that it does not outlive the harness. Node's built-ins only: the folder is mounted, not installed.
 */
import { readFileSync, unlinkSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Command, Event, Job } from '../job.ts';
import { loadSenders } from './senders.ts';
import { AgentError, resolveTargets } from './targets.ts';
import { runJob } from './volley.ts';

const say = (event: Event): void => void process.stdout.write(JSON.stringify(event) + '\n');

let addresses: Readonly<Record<string, string>> = {};

const obey = async (command: Command): Promise<void> => {
  if (command.do === 'resolve') {
    addresses = await resolveTargets(command.names, command.subnets);
    return say({ event: 'resolved', addresses });
  }
  const job = JSON.parse(readFileSync(command.job, 'utf8')) as Job;
  // It holds credentials, and nobody needs it any more.
  unlinkSync(command.job);
  const stranger = job.requests.find(({ to }) => addresses[to] === undefined);
  if (stranger !== undefined)
    throw new AgentError('foreign-target', `expected a member of the stack, found ${stranger.to}`);
  await runJob(job, addresses, command.results);
  say({ event: 'done' });
};

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  obey(JSON.parse(line) as Command).catch((error: unknown) =>
    say({
      event: 'failed',
      code: error instanceof AgentError ? error.code : 'internal',
      message: error instanceof Error ? error.message : String(error),
    }),
  );
});
lines.on('close', () => process.exit(0));
// Before the first job, which would be late for it; a sender that does not load ends the agent here.
await loadSenders();
say({ event: 'ready' });
