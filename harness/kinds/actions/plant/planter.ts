import { z } from 'zod';
import type Dockerode from 'dockerode';
import { placeOfHop } from '../../../model/index.ts';
import type { Hop } from '../../../model/index.ts';
import { runAttached, untilReady } from '../../../execute/attached/index.ts';
import { labels } from '../../../execute/engine/index.ts';

/** A request in clear that was put on a link on purpose. `atNs`: CLOCK_MONOTONIC; `error`: null, or why it was not on the link. */
export type Planted = {
  readonly link: string;
  readonly id: string;
  readonly atNs: bigint;
  readonly error: string | null;
};

/** Sends the positive controls of the tap. */
export type Planter = {
  readonly address: string;
  /** Sends a request in clear, with this identity (kind canary), to the mesh port of a hop's callee. Never throws. */
  readonly plant: (hop: Hop, id: string) => Promise<Planted>;
  readonly stop: () => Promise<void>;
};

const answer = z.strictObject({ id: z.string(), atNs: z.string().regex(/^\d+$/), error: z.string().nullable() });

/** Starts the planter in the mesh network. Effects: starts a container. */
export const startPlanter = async (spec: {
  readonly docker: Dockerode;
  readonly run: string;
  readonly network: string;
  readonly image: string;
}): Promise<Planter> => {
  const waiting = new Map<string, (plant: z.infer<typeof answer>) => void>();
  let started: () => void;
  const ready = new Promise<void>((resolve) => (started = resolve));
  const attached = runAttached({
    name: `${spec.run}-planter`,
    image: spec.image,
    labels: labels(spec.run, 'attacker'),
    options: [
      '--network',
      spec.network,
      '--read-only',
      '--cap-drop',
      'ALL',
      '--volume',
      `${import.meta.dirname}/agent:/holdfast/planter:ro`,
    ],
    binary: 'node',
    args: ['/holdfast/planter/main.ts'],
    onLine: (line) => {
      if (line === 'ready') return started();
      const plant = answer.parse(JSON.parse(line));
      waiting.get(plant.id)?.(plant);
      waiting.delete(plant.id);
    },
  });
  await untilReady(attached, ready, 20_000);
  const info = await spec.docker.getContainer(attached.name).inspect();

  const plant = async (hop: Hop, id: string): Promise<Planted> => {
    const link = placeOfHop(hop);
    try {
      const answered = new Promise<z.infer<typeof answer>>((resolve) => waiting.set(id, resolve));
      attached.send(JSON.stringify({ host: hop.to, port: hop.port, id }));
      const { atNs, error } = await untilReady(attached, answered, 5_000);
      return { link, id, atNs: BigInt(atNs), error };
    } catch (error) {
      return { link, id, atNs: process.hrtime.bigint(), error: error instanceof Error ? error.message : String(error) };
    }
  };
  const address = info.NetworkSettings.Networks[spec.network]!.IPAddress;
  return { address, plant, stop: () => attached.stop('KILL') };
};
