import { join } from 'node:path';
import { runAttached, untilReady } from '../../../execute/attached/index.ts';
import { labels } from '../../../execute/engine/index.ts';
import type { TapFile } from './tap-file.ts';

/** One running tcpdump. `stop` ends it and reads its statistics. */
export type Capture = { readonly stop: () => Promise<TapFile> };

/** Where to listen: the network namespace of a container, on the interface that has this address. */
export type CaptureSpec = {
  readonly run: string;
  readonly image: string;
  readonly scratch: string;
  readonly member: string;
  readonly containerId: string;
  readonly address: string;
  readonly link: string;
  /** Addresses whose packets are captured elsewhere. */
  readonly without: readonly string[];
};

/** Kernel buffer in KiB: some seconds of the spike, for a tcpdump that has to wait for its turn on the processor. */
const bufferKiB = 32_768;
/** Packets stay with the kernel for up to a second before tcpdump sees them; a signal would lose those, uncounted. */
const settleMs = 1_200;

/** Starts a capture of whole packets to a file in scratch; resolves once it listens. Effects: starts a container. */
export const startCapture = async (spec: CaptureSpec): Promise<Capture> => {
  const said: string[] = [];
  let started: () => void;
  const ready = new Promise<void>((resolve) => (started = resolve));
  const file = `${spec.member}.pcap`;
  const filter = spec.without.map((address) => `not host ${address}`).join(' and ');
  const tcpdump = `tcpdump -n -s 0 -B ${bufferKiB} -Z root --time-stamp-precision=nano -w /tap/${file}`;
  const attached = runAttached({
    name: `${spec.run}-tap-${spec.member}`,
    image: spec.image,
    labels: labels(spec.run, 'tap'),
    options: [
      '--network',
      `container:${spec.containerId}`,
      '--cap-add',
      'NET_RAW',
      '--cap-add',
      'NET_ADMIN',
      '--volume',
      `${spec.scratch}:/tap`,
    ],
    binary: 'sh',
    args: ['-c', `exec ${tcpdump} -i "$(ip -o -4 addr show to ${spec.address} | cut -d ' ' -f 2)" ${filter} 2>&1`],
    onLine: (line) => {
      said.push(line);
      if (line.includes('listening on')) started();
    },
  });
  await untilReady(attached, ready, 20_000);

  const number = (what: string): number | null => {
    const line = said.find((text) => text.includes(what));
    return line === undefined ? null : Number.parseInt(line, 10);
  };
  const stop = async (): Promise<TapFile> => {
    await new Promise((resolve) => setTimeout(resolve, settleMs));
    await attached.stop('INT', 8_000);
    const [kernel, device] = [number('dropped by kernel'), number('dropped by interface')];
    const dropped = kernel === null ? null : kernel + (device ?? 0);
    return { link: spec.link, path: join(spec.scratch, file), captured: number('packets captured'), dropped };
  };
  return { stop };
};
