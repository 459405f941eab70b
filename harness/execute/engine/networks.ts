import { randomInt } from 'node:crypto';
import { HoldfastError } from '../../model/index.ts';
import { docker } from './client.ts';

/** Two networks of a run, as CIDR. */
export type Subnets = { readonly public: string; readonly mesh: string };

/** 198.18.0.0/15, set aside for benchmarks (RFC 2544 appendix C.2.2, RFC 6890): 512 networks of /24. */
const first = (198 << 24) | (18 << 16);
const count = 512;

const range = (cidr: string): readonly [from: number, to: number] | null => {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(cidr);
  if (match === null) return null;
  const [a, b, c, d, bits] = match.slice(1).map(Number) as [number, number, number, number, number];
  const size = 2 ** (32 - bits);
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  const from = Math.floor(address / size) * size;
  return [from, from + size - 1];
};

/**
 * Picks two different /24 of 198.18.0.0/15 that overlap none of `used` (CIDRs; what is not IPv4 does not matter), beginning to
 * look at `start` (0 to 511). Throws `stack-down` where fewer than two are free.
 */
export const pickSubnets = (used: readonly string[], start: number): Subnets => {
  const taken = used.map(range).filter((one) => one !== null);
  const free: string[] = [];
  for (let step = 0; step < count && free.length < 2; step += 1) {
    const from = (first >>> 0) + ((start + step) % count) * 256;
    if (taken.some(([low, high]) => low <= from + 255 && from <= high)) continue;
    free.push(`198.${Math.floor(from / 65536) % 256}.${Math.floor(from / 256) % 256}.0/24`);
  }
  const [one, two] = free;
  if (one === undefined || two === undefined)
    throw new HoldfastError('stack-down', 'expected two free networks in 198.18.0.0/15, found all of them in use', {
      hint: 'npx holdfast clean',
    });
  return { public: one, mesh: two };
};

/**
 * Two free /24 for a run. It begins to look at a random place, so that two runs that start at the same moment rarely collide;
 * the engine refuses an overlap, and then the caller may ask again.
 */
export const freeSubnets = async (): Promise<Subnets> => {
  const networks = await docker().listNetworks();
  const used = networks.flatMap(({ IPAM }) => (IPAM?.Config ?? []).map(({ Subnet }) => Subnet ?? ''));
  return pickSubnets(used, randomInt(count));
};
