import type { Hop } from '../../../model/index.ts';
import { placeOfHop } from '../../../model/index.ts';
import { findTarget, type Scope } from '../../../execute/stack/index.ts';
import { startCapture, type Capture } from './capture.ts';
import type { TapFile } from './tap-file.ts';

/** What `startTaps` needs. `network`: the mesh as Docker names it; `scratch`: the run's folder for captures. */
export type TapsSpec = Scope & {
  readonly hops: readonly Hop[];
  readonly images: { readonly toolbox: string };
  readonly scratch: string;
};

/** Captures of every link of the mesh. */
export type Taps = {
  /** Names of the members' addresses, for the analysis. */
  readonly names: Readonly<Record<string, string>>;
  /** Ends the captures. Call once; takes some two seconds. */
  readonly stop: () => Promise<readonly TapFile[]>;
};

/**
 * Captures each link in the network namespace of its callee, before any traffic. A caller sends to its callee there too, so what
 * goes to a callee is left out at its caller: each packet is counted once. What remains at a pure caller (the edge) is what it
 * sends elsewhere in the mesh, to an interceptor for one. Throws `foreign-target`, `stack-down`. Effects: starts containers.
 */
export const startTaps = async (spec: TapsSpec): Promise<Taps> => {
  const members = [...new Set(spec.hops.flatMap(({ from, to }) => [from, to]))];
  const targets = new Map(await Promise.all(members.map(async (id) => [id, await findTarget(spec, id)] as const)));
  const { run, scratch, images } = spec;
  const captures: Capture[] = [];
  const starts = await Promise.allSettled(
    members.map(async (member) => {
      const hop = spec.hops.find(({ to }) => to === member) ?? spec.hops.find(({ from }) => from === member)!;
      const callees = spec.hops.filter(({ from }) => from === member).map(({ to }) => targets.get(to)!.address);
      const { id, address } = targets.get(member)!;
      const where = { member, containerId: id, address, link: placeOfHop(hop), without: callees };
      captures.push(await startCapture({ run, image: images.toolbox, scratch, ...where }));
    }),
  );
  const stop = (): Promise<readonly TapFile[]> => Promise.all(captures.map((capture) => capture.stop()));
  const failed = starts.find((result) => result.status === 'rejected');
  if (failed !== undefined) {
    await stop();
    throw failed.reason;
  }
  const names = Object.fromEntries([...targets.values()].map(({ member, address }) => [address, member]));
  return { names, stop };
};
