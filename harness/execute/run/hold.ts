import type Dockerode from 'dockerode';
import { sampleRequest } from '../../declare/forms/index.ts';
import type { SampleRequest } from '../../declare/forms/index.ts';
import type { Policy, Stack } from '../../model/index.ts';
import { markHeld, roleLabel, runLabel } from '../engine/index.ts';
import type { Authority } from '../identity/index.ts';
import type { Scratch } from './scratch.ts';

/** A stack that was left standing after a run, and where everything of it is. */
export type Held = {
  readonly run: string;
  readonly stack: Stack;
  /** The folder with configuration, certificates and journals; `holdfast down RUN` removes it. */
  readonly folders: Pick<Scratch, 'root' | 'config' | 'secrets' | 'journal'>;
  readonly members: readonly HeldMember[];
  /** A request that works, and a token for it that is good for some hours. */
  readonly request: Pick<SampleRequest, 'method' | 'path'>;
  readonly token: string;
};

/** A container of a held stack. `addresses`: by network; none of its own where it shares that of another. */
export type HeldMember = {
  readonly service: string;
  readonly role: string;
  readonly container: string;
  readonly state: string;
  readonly addresses: Readonly<Record<string, string>>;
};

/** What holding needs of a run that is over. */
export type HoldInputs = {
  readonly docker: Dockerode;
  readonly run: string;
  readonly stack: Stack;
  readonly policy: Policy;
  readonly scratch: Scratch;
  readonly authority: Authority;
};

/** What compose started says so with this label; the instruments do not have it. */
const composeLabel = 'com.docker.compose.service';

/**
 * Leaves the stack of a run standing: removes the instruments, the watchdog apart, and marks the run as held, so that `holdfast clean`
 * leaves it alone. Effects: removes containers, writes the mark.
 */
export const holdStack = async ({ docker, run, stack, policy, scratch, authority }: HoldInputs): Promise<Held> => {
  const listed = await docker.listContainers({ all: true, filters: { label: [`${runLabel}=${run}`] } });
  const isMember = ({ Labels }: Dockerode.ContainerInfo): boolean => Labels[composeLabel] !== undefined;
  // One after another: the engine locks up when several containers of one network end at the same moment.
  for (const one of listed.filter((one) => !isMember(one) && one.Labels[roleLabel] !== 'watchdog')) {
    await docker
      .getContainer(one.Id)
      .remove({ force: true, v: true })
      .catch((error: { statusCode?: number }) => {
        // Gone, or going: what was asked for.
        if (error.statusCode !== 404 && error.statusCode !== 409) throw error;
      });
  }
  const { root, config, secrets, journal } = scratch;
  const sample = sampleRequest({ stack, policy });
  markHeld(root, { run, stack: stack.id, since: new Date().toISOString() });
  return {
    run,
    stack,
    folders: { root, config, secrets, journal },
    members: listed
      .filter(isMember)
      .map(memberOf)
      .toSorted((a, b) => (a.service < b.service ? -1 : 1)),
    request: { method: sample.method, path: sample.path },
    token: authority.token(sample.token),
  };
};

const memberOf = ({ Names, Labels, State, NetworkSettings }: Dockerode.ContainerInfo): HeldMember => ({
  service: Labels[composeLabel]!,
  role: Labels[roleLabel] ?? '',
  container: (Names[0] ?? '').replace(/^\//, ''),
  state: State,
  addresses: Object.fromEntries(
    Object.entries(NetworkSettings.Networks).flatMap(([network, { IPAddress }]) =>
      IPAddress === '' ? [] : [[network.slice(network.lastIndexOf('_') + 1), IPAddress]],
    ),
  ),
});
