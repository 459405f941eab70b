import { open } from 'node:fs/promises';
import type { TapFile } from '../tap-file.ts';
import { analyseLink, type TapContext, type TapFindings } from './analyse.ts';

const chunkBytes = 4 << 20;

/**
 * Analyses the capture files one after another, in constant memory. A file that is not there is a loss, like one that is cut.
 */
export const analyseFiles = async (files: readonly TapFile[], context: TapContext): Promise<TapFindings> => {
  const all: TapFindings[] = [];
  for (const file of files) {
    const analysis = analyseLink(file.link, context);
    try {
      const handle = await open(file.path, 'r');
      try {
        const chunk = Buffer.allocUnsafe(chunkBytes);
        for (;;) {
          const { bytesRead } = await handle.read(chunk, 0, chunkBytes);
          if (bytesRead === 0) break;
          analysis.feed(chunk.subarray(0, bytesRead));
        }
      } finally {
        await handle.close();
      }
    } catch {
      // `end` finds the file empty or cut, and says so as a loss.
    }
    all.push(analysis.end(file));
  }
  return mergeLinks(all);
};

/** Two captures of one link (at the callee, and at the edge) count together. */
const mergeLinks = (all: readonly TapFindings[]): TapFindings => {
  const taps = new Map<string, TapFindings['taps'][number]>();
  for (const tap of all.flatMap((one) => one.taps)) {
    const key = `${tap.link} ${tap.phase}`;
    const other = taps.get(key);
    if (other === undefined) taps.set(key, tap);
    else
      taps.set(key, {
        ...tap,
        packets: Object.fromEntries(
          Object.entries(tap.packets).map(([id, n]) => [id, n + other.packets[id as keyof typeof tap.packets]]),
        ) as typeof tap.packets,
        connections: tap.connections + other.connections,
        dropped: tap.dropped + other.dropped,
      });
  }
  return {
    taps: [...taps.values()],
    cleartext: all.flatMap((one) => one.cleartext).toSorted((a, b) => (a.atMs ?? 0) - (b.atMs ?? 0)),
    losses: all.flatMap((one) => one.losses),
  };
};
