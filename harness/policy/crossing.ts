import { onwardFrom } from '../model/index.ts';
import type { AppService, Link, Policy } from '../model/index.ts';
import { matchesPath } from './path/index.ts';

/** A request as far as its way through the services depends on it. */
export type Passing = { readonly method: string; readonly path: string; readonly subject: string };

/**
 * The hops that a request takes from a member on, nearest first: where the app passes it on, and as far as the matrix of the policy
 * grants it. Pure.
 */
export const hopsOfRequest = (
  policy: Policy,
  services: readonly AppService[],
  from: string,
  { method, path, subject }: Passing,
): readonly Link[] => {
  const hops: Link[] = [];
  const reached = new Set([from]);
  // A set that grows while it is walked is walked to its new end.
  for (const at of reached) {
    const onward = at === 'edge' ? services.slice(0, 1).map(({ id }) => id) : onwardFrom(services, at, path);
    for (const to of onward) {
      const granted = policy.calls.some(
        (call) =>
          call.from === at &&
          call.to === to &&
          call.methods.includes(method) &&
          call.paths.some((pattern) => matchesPath(pattern, path, subject)),
      );
      if (!granted) continue;
      hops.push({ from: at, to });
      reached.add(to);
    }
  }
  return hops;
};

/** The services on a way, nearest first. */
export const servicesOn = (hops: readonly Link[]): readonly string[] => [...new Set(hops.map(({ to }) => to))];
