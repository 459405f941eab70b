import { setTimeout as sleep } from 'node:timers/promises';
import type { Brought, Runner } from '../../../execute/operate/index.ts';
import { startInterceptors } from './interceptors.ts';
import type { InterceptData, Interception } from './op.ts';
import { assign } from './windows.ts';

/** What the last connections did may still be on its way here. */
const settleMs = 300;

/** Takes hops over: a lever in the network namespace of each caller, and the interceptors that stand there (decision 0003). */
export const runner: Runner<Interception> = {
  ready: async ({ docker, run, stack, network, image, scratch, schedule, certificate }, operations) => {
    const interceptors = await startInterceptors({
      docker,
      run,
      project: run,
      stack,
      network,
      images: { mitmproxy: image('mitmproxy'), workload: image('workload'), toolbox: image('toolbox') },
      scratch,
      operations,
      certificates: certificate,
    });
    return {
      apply: (_op, operation) => interceptors.open(operation),
      undo: (_op, operation) => interceptors.close(operation),
      data: ({ hop }, { attack = -1, form = -1 }, window) =>
        ({ window, attack: schedule.attacks[attack]?.id ?? '', form, hop }) satisfies InterceptData,
      bring: async (operated): Promise<Brought> => {
        await sleep(settleMs);
        const events = assign(
          interceptors.events(),
          operated,
          ({ operation }) => interceptors.placement(operation)?.port,
        );
        const met = new Set(events.flatMap(({ event, window }) => (event === 'connection' ? [window] : [])));
        const unmet = operated.filter(({ number, error }) => error === null && !met.has(number));
        return {
          seen: events.map(({ atNs, id, port: _, ...data }) => ({ kind: 'interceptor', atNs, id, data })),
          faults: new Map(unmet.map(({ number }) => [number, 'no connection reached the interceptor'])),
        };
      },
      losses: () => {
        const count = interceptors.garbled();
        return count === 0 ? [] : [{ observer: 'interceptor', code: 'garbled', count }];
      },
      stop: interceptors.stop,
    };
  },
};
