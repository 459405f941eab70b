import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import t from 'tap';
import {
  docker,
  ensureEngine,
  ensureImages,
  findRuns,
  freeSubnets,
  labels,
  makeScratch,
  readRecipe,
  removeRun,
  removeWatchdog,
  startWatchdog,
} from '../../harness/execute/engine/index.ts';

const silent = (): void => undefined;
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const newRun = (): string => `r0-test-${process.pid}-${Math.random().toString(36).slice(2, 8)}`;
const holder = fileURLToPath(new URL('hold-a-run.ts', import.meta.url));

/** Something of each kind, as a run has it: a network with a container on it whose PID 1 ignores SIGTERM, and a volume. */
const populate = async (run: string): Promise<void> => {
  const network = await docker().createNetwork({
    Name: `${run}_mesh`,
    Labels: labels(run, 'mesh'),
    IPAM: { Driver: 'default', Config: [{ Subnet: (await freeSubnets()).mesh }] },
  });
  await docker().createVolume({ Name: `${run}_data`, Labels: labels(run, 'workload') });
  await addContainer(run, network.id);
};

const addContainer = async (
  run: string,
  network: string,
  extra: Record<string, string> = labels(run, 'workload'),
): Promise<void> => {
  const container = await docker().createContainer({
    Image: readRecipe('workload').reference,
    Entrypoint: ['node'],
    Cmd: ['-e', "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"],
    Labels: extra,
    HostConfig: { NetworkMode: network, Binds: [`${run}_data:/data`] },
  });
  await container.start();
};

/** The watchdog may take a container away before it is started: all the better. */
const removedMeanwhile = (error: { statusCode?: number }): void => {
  if (error.statusCode !== 404 && error.statusCode !== 409) throw error;
};

const left = async (run: string): Promise<unknown> => (await findRuns()).find((found) => found.run === run);

t.before(async () => {
  await ensureEngine(silent);
  await ensureImages(['workload'], silent);
});

t.test('ten seconds after kill -9 of the harness nothing of the run is left', async (t) => {
  const run = newRun();
  const other = newRun();
  const scratch = makeScratch(run);
  mkdirSync(join(scratch, 'secrets', 'edge'), { recursive: true });
  writeFileSync(join(scratch, 'secrets', 'edge', 'key.pem'), 'not a real key');
  t.teardown(async () => {
    await removeRun(run);
    await removeWatchdog(run);
    await removeRun(other);
    rmSync(scratch, { recursive: true, force: true });
  });
  const harness = spawn(process.execPath, [holder, run, scratch], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(harness.stdout, 'data');
  await populate(run);
  await populate(other);
  t.match(await left(run), { live: true, containers: 2, networks: 1, volumes: 1 }, 'the run is there, and held');

  harness.kill('SIGKILL');
  const killedAt = performance.now();
  // What an orphaned compose would still create, some of it before the harness's own label reached it.
  await sleep(2000);
  await addContainer(run, 'none').catch(removedMeanwhile);
  await addContainer(run, 'none', { 'com.docker.compose.project': run }).catch(removedMeanwhile);
  while (performance.now() - killedAt < 10_000) await sleep(100);

  t.equal(await left(run), undefined, 'no container, network or volume carries the label');
  const strays = await docker().listContainers({
    all: true,
    filters: { label: [`com.docker.compose.project=${run}`] },
  });
  t.same(strays, [], "nor compose's own label");
  t.same(readdirSync(scratch), [], 'the scratch folder, with the private keys, is empty');
  t.match(await left(other), { containers: 1, networks: 1, volumes: 1 }, 'another run is untouched');
});

t.test('a run that is taken down releases its watchdog', async (t) => {
  const run = newRun();
  const scratch = makeScratch(run);
  writeFileSync(join(scratch, 'kept'), 'the harness removes its scratch folder itself');
  t.teardown(async () => {
    await removeRun(run);
    await removeWatchdog(run);
    rmSync(scratch, { recursive: true, force: true });
  });
  const lines: string[] = [];
  const watchdog = await startWatchdog({ run, scratch, progress: (line) => lines.push(line) });
  await populate(run);
  await removeRun(run);
  t.match(await left(run), { live: true, containers: 1, networks: 0, volumes: 0 }, 'the takedown spares the watchdog');
  await watchdog.release();
  t.equal(await left(run), undefined, 'the watchdog has ended');
  t.ok(existsSync(join(scratch, 'kept')), 'and touched nothing');
  t.same(lines, [], 'and nothing is said about it');
  await watchdog.release();
});

t.test('release removes what the takedown missed', async (t) => {
  const run = newRun();
  const scratch = makeScratch(run);
  t.teardown(() => rmSync(scratch, { recursive: true, force: true }));
  const watchdog = await startWatchdog({ run, scratch, progress: silent });
  await populate(run);
  await watchdog.release();
  t.equal(await left(run), undefined);
});

t.test('clean tells a live run from a dead one', async (t) => {
  const live = newRun();
  const dead = newRun();
  const scratch = makeScratch(live);
  t.teardown(() => rmSync(scratch, { recursive: true, force: true }));
  const watchdog = await startWatchdog({ run: live, scratch, progress: silent });
  t.teardown(() => watchdog.release());
  await populate(live);
  await populate(dead);
  t.teardown(() => removeRun(dead));
  const clean = async (...args: string[]): Promise<string> => {
    const main = fileURLToPath(new URL('../../harness/cli/main.ts', import.meta.url));
    return (await promisify(execFile)(process.execPath, [main, 'clean', ...args])).stdout;
  };
  t.match(await clean(live, dead), new RegExp(`${live}.*is live`));
  t.match(await left(live), { live: true, containers: 2 }, 'the live one is untouched');
  t.equal(await left(dead), undefined, 'the dead one is gone');
  await clean(live, '--all');
  t.equal(await left(live), undefined, 'with --all the live one goes too');
});
