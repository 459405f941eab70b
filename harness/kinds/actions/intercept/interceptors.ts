import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HoldfastError } from '../../../model/index.ts';
import type { Operation } from '../../../model/index.ts';
import { runAttached, untilReady, type Attached, type AttachedSpec } from '../../../execute/attached/index.ts';
import { impostor, mitmproxy, type Certificates } from './containers.ts';
import { readEvent, type InterceptorEvent } from './events.ts';
import { formOf, layOut, type Placement } from './layout.ts';
import { startLever, type Lever } from './lever.ts';
import type { Diversion } from './ruleset.ts';
import { checkNetwork, findTarget, type Scope, type Target } from '../../../execute/stack/index.ts';

/** What `startInterceptors` needs. `network`: the mesh as Docker names it; `scratch`: the run's folder for these secrets. */
export type InterceptorsSpec = Scope & {
  readonly images: { readonly mitmproxy: string; readonly workload: string; readonly toolbox: string };
  readonly scratch: string;
  readonly operations: readonly Operation[];
  readonly certificates: Certificates;
};

/** Everything that can stand on a hop, started and waiting. */
export type Interceptors = {
  /** Takes over the hop of an operation. Throws `internal` where it has no interceptor. */
  readonly open: (operation: Operation) => Promise<void>;
  /** Gives it back. Idempotent. */
  readonly close: (operation: Operation) => Promise<void>;
  readonly placement: (operation: Operation) => Placement | undefined;
  /** Everything that the interceptors have said so far, in the order heard. */
  readonly events: () => readonly InterceptorEvent[];
  /** Lines of theirs that were no events: a fault of the instrument. */
  readonly garbled: () => number;
  /** Addresses of the interceptors in the mesh: the tap must know them as the harness's own. */
  readonly addresses: readonly string[];
  /** Gives every hop back, ends the containers and deletes their secrets. Idempotent. */
  readonly stop: () => Promise<void>;
};

/**
 * Starts a lever in the namespace of each caller and the interceptors that the forms need, in parallel. Throws `foreign-target`
 * where a hop's member is not this run's, `stack-down` where a container does not start. Effects: starts containers.
 */
export const startInterceptors = async (spec: InterceptorsSpec): Promise<Interceptors> => {
  const placements = layOut(spec.operations);
  const members = [...new Set(placements.flatMap(({ hop }) => [hop.from, hop.to]))];
  await checkNetwork(spec);
  const targets = new Map(await Promise.all(members.map(async (id) => [id, await findTarget(spec, id)] as const)));
  const heard: InterceptorEvent[] = [];
  let garbled = 0;
  const running: Attached[] = [];
  const levers = new Map<string, Lever>();

  const launch = async (launched: Omit<AttachedSpec, 'onLine'>): Promise<string> => {
    let started: () => void;
    const ready = new Promise<void>((resolve) => (started = resolve));
    const onLine = (text: string): void => {
      const event = readEvent(text);
      if (event === 'ready') started();
      else if (event === null) garbled += 1;
      else heard.push(event);
    };
    const attached = runAttached({ ...launched, onLine });
    running.push(attached);
    await untilReady(attached, ready, 40_000);
    const info = await spec.docker.getContainer(attached.name).inspect();
    return info.NetworkSettings.Networks[spec.network]!.IPAddress;
  };
  const stop = async (): Promise<void> => {
    await Promise.all([...levers.values()].map((lever) => lever.stop()));
    await Promise.all(running.map((attached) => attached.stop('KILL')));
    for (const { container } of placements) await rm(join(spec.scratch, container), { recursive: true, force: true });
  };

  const addresses = new Map<string, string>();
  const starts = [
    ...[...new Set(placements.map(({ container }) => container))].map(async (container) => {
      const mine = placements.filter((placement) => placement.container === container);
      const launched = container === 'impostor' ? impostor(spec, mine) : mitmproxy(spec, container, mine);
      addresses.set(container, await launch(await launched));
    }),
    ...[...new Set(placements.map(({ hop }) => hop.from))].map(async (member) => {
      const { id } = targets.get(member) as Target;
      levers.set(member, await startLever({ run: spec.run, member, containerId: id, image: spec.images.toolbox }));
    }),
  ];
  const failed = (await Promise.allSettled(starts)).find((result) => result.status === 'rejected');
  if (failed !== undefined) {
    await stop();
    throw failed.reason;
  }

  const byForm = new Map(placements.map((one) => [formOf(one), one]));
  const placement = (operation: Operation): Placement | undefined => byForm.get(formOf(operation));
  const placed = (operation: Operation): Placement => {
    const found = placement(operation);
    if (found === undefined)
      throw new HoldfastError('internal', `expected an interception for attack and form ${formOf(operation)}`);
    return found;
  };
  const diversion = (form: Placement): { lever: Lever; to: Diversion } => {
    const callee = targets.get(form.hop.to)!.address;
    const interceptor = addresses.get(form.container)!;
    const to = { callee, calleePort: form.hop.port, interceptor, interceptorPort: form.port };
    return { lever: levers.get(form.hop.from)!, to };
  };
  return {
    open: async (operation) => {
      const { lever, to } = diversion(placed(operation));
      await lever.open(to);
    },
    close: async (operation) => {
      const { lever, to } = diversion(placed(operation));
      await lever.close(to);
    },
    placement,
    events: () => heard,
    garbled: () => garbled,
    addresses: [...addresses.values()],
    stop,
  };
};
