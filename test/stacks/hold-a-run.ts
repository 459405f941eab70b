// Plays the harness for watchdog.test.ts: starts the watchdog, tells, and waits to be killed.
import { startWatchdog } from '../../harness/execute/engine/index.ts';

const [run, scratch] = process.argv.slice(2);
if (run === undefined || scratch === undefined) throw new Error('expected RUN SCRATCH');
await startWatchdog({ run, scratch, progress: (line) => console.error(line) });
console.log('held');
setInterval(() => undefined, 1000);
