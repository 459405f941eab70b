import { HoldfastError } from '../../../model/index.ts';
import { runAttached, untilReady, type Attached } from '../../../execute/attached/index.ts';
import { labels } from '../../../execute/engine/index.ts';
import { giveBack, leaveNothing, takeOver, type Diversion } from './ruleset.ts';

/** Turns a caller's connections elsewhere, from within its network namespace. */
export type Lever = {
  /** Takes over; resolves once the kernel has it. Throws `internal` where it does not hold. */
  readonly open: (to: Diversion) => Promise<void>;
  /** Gives back, if this is what was taken over. Idempotent. */
  readonly close: (from: Diversion) => Promise<void>;
  readonly stop: () => Promise<void>;
};

/**
 * Reads commands, a line each: rules for nft, and the peer (address:port) whose connections are to end at once, where the kernel
 * can do that (`ss -K`, INET_DIAG_DESTROY); where it cannot, the rules end them at their next packet. Answers with `done` and an
 * exit code. When its input ends, because the harness did, it gives everything back by itself.
 */
const program = (undo: string): string =>
  [
    'echo ready',
    `while IFS='@' read -r rules peer; do`,
    '{ nft "$rules" && nft list tables; } 2>&1; code=$?',
    'if [ -n "$peer" ]; then ss --tcp --kill dst "$peer" >/dev/null 2>&1; fi',
    'echo "done $code"; done',
    `nft "${undo}"`,
  ].join('\n');

/** Starts a lever in a container's network namespace, with the toolbox image. A command then costs some 10 ms. */
export const startLever = async (spec: {
  readonly run: string;
  readonly member: string;
  readonly containerId: string;
  readonly image: string;
}): Promise<Lever> => {
  const heard: string[] = [];
  let settle: ((lines: string[]) => void) | null = null;
  let started: () => void;
  const ready = new Promise<void>((resolve) => (started = resolve));
  const attached: Attached = runAttached({
    name: `${spec.run}-lever-${spec.member}`,
    image: spec.image,
    labels: labels(spec.run, 'attacker'),
    options: ['--network', `container:${spec.containerId}`, '--cap-add', 'NET_ADMIN'],
    binary: 'sh',
    args: ['-c', program(leaveNothing)],
    onLine: (line) => {
      if (line === 'ready') return started();
      heard.push(line);
      if (line.startsWith('done ')) settle?.(heard.splice(0));
    },
  });
  await untilReady(attached, ready, 20_000);

  const command = async (text: string): Promise<string[]> => {
    const answer = new Promise<string[]>((resolve) => (settle = resolve));
    attached.send(text);
    const lines = await untilReady(attached, answer, 5_000);
    if (lines.at(-1) !== 'done 0')
      throw new HoldfastError('internal', `expected nft to take the rules at ${spec.member}, got ${lines.join('; ')}`);
    return lines;
  };

  let current: Diversion | null = null;
  const close = async (from: Diversion): Promise<void> => {
    if (current === null || current.interceptorPort !== from.interceptorPort) return;
    // Should this fail, the next takeover still begins with a clean table.
    current = null;
    await command(`${giveBack(from)}@${from.callee}:${from.calleePort}`);
  };
  const open = async (to: Diversion): Promise<void> => {
    if (current !== null)
      throw new HoldfastError('internal', `expected one takeover at ${spec.member} at a time, got a second`);
    current = to;
    const lines = await command(`${takeOver(to)}@${to.callee}:${to.calleePort}`);
    if (!lines.includes('table ip holdfast'))
      throw new HoldfastError(
        'internal',
        `expected table holdfast at ${spec.member} after taking over, got ${lines.join('; ')}`,
      );
  };
  const stop = async (): Promise<void> => {
    // Should it not answer any more, then its network namespace is gone, and the rules with it.
    await command(leaveNothing).catch(() => undefined);
    await attached.stop('KILL');
  };
  return { open, close, stop };
};
