// Runs in the watchdog's container: node main.ts RUN. The harness holds its stdin; when that ends without the word `done`, the
// harness is dead, however it died, and everything that carries the run's label goes. Built-ins only.
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { engineApi } from './api.ts';
import { sweep } from './sweep.ts';

/** An orphaned `docker compose up` may go on creating things for a while: sweep until then, and be gone within 10 s. */
const sweepMs = 7500;
const pauseMs = 250;

const run = process.argv[2] ?? '';
const scratch = '/scratch';
const api = engineApi('/var/run/docker.sock');

/** The scratch folder holds private keys. It is a mount, so only its contents can go from here. */
const empty = async (): Promise<void> => {
  for (const entry of await readdir(scratch))
    await rm(join(scratch, entry), { recursive: true, force: true }).catch(() => undefined);
};

const removeAll = async (): Promise<void> => {
  const until = performance.now() + sweepMs;
  while (performance.now() < until) {
    // An engine that is too busy to answer is asked again.
    await sweep(api, run).catch((error: unknown) => console.error(String(error)));
    await empty().catch((error: unknown) => console.error(String(error)));
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
};

// PID 1 gets no default action for signals; whoever stops this container wants the run gone.
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.on(signal, () => void removeAll().then(() => process.exit(1)));

console.log('watching');
let said = '';
for await (const chunk of process.stdin) said = (said + String(chunk)).slice(-16);
if (said.trim() !== 'done') await removeAll();
