import { lookup } from 'node:dns/promises';
import { BlockList, isIPv4 } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';

// Docker passes a name that it does not know to the host's resolver, which nothing answers from an internal network.
const lookupMs = 3000;

/** A refusal or failure that the host is told as it is. */
export class AgentError extends Error {
  readonly code: 'foreign-target' | 'stack-down';

  constructor(code: AgentError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * The IPv4 address of each member, by the first of its names that resolves, looked up once. An address outside the run's
 * subnets is refused here, in the sender itself, and nothing overrides it: `foreign-target`. `stack-down` where none resolves.
 */
export const resolveTargets = async (
  names: Readonly<Record<string, readonly string[]>>,
  subnets: readonly string[],
): Promise<Readonly<Record<string, string>>> => {
  const own = new BlockList();
  for (const subnet of subnets) {
    const [address, bits] = subnet.split('/');
    own.addSubnet(address!, Number(bits), 'ipv4');
  }
  const resolve = async (member: string, candidates: readonly string[]): Promise<readonly [string, string]> => {
    for (const name of candidates) {
      const found = await Promise.race([
        lookup(name, { family: 4 }).catch(() => null),
        after(lookupMs, null, { ref: false }),
      ]);
      if (found === null) continue;
      if (!isIPv4(found.address) || !own.check(found.address, 'ipv4'))
        throw new AgentError(
          'foreign-target',
          `expected ${name} within ${subnets.join(' and ')}, found ${found.address}`,
        );
      return [member, found.address];
    }
    throw new AgentError('stack-down', `expected the network to know ${candidates.join(' or ')}, found no such name`);
  };
  return Object.fromEntries(
    await Promise.all(Object.entries(names).map(([member, candidates]) => resolve(member, candidates))),
  );
};
