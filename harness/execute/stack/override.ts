import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { HoldfastError } from '../../model/index.ts';

const composeShape = z.object({
  services: z.record(z.string(), z.unknown()),
  networks: z.record(z.string(), z.unknown()).optional(),
  volumes: z.record(z.string(), z.unknown()).optional(),
});

/** Adds to every service, network and volume of a compose file the label by which Holdfast finds what a run started. */
const labelled = (names: Record<string, unknown> | undefined, run: string): Record<string, unknown> | undefined =>
  names && Object.fromEntries(Object.keys(names).map((name) => [name, { labels: { holdfast: run } }]));

/**
 * The compose override of a run, as YAML: a user's own compose file stays as it is, and still nothing of it can be left behind.
 * Throws bad-input where the compose file is not one.
 */
export const overrideFor = (compose: string, run: string): string => {
  const read = composeShape.safeParse(parse(compose));
  if (!read.success) {
    throw new HoldfastError('bad-input', 'expected a compose file with services, found something else', {
      place: { file: 'compose.yaml' },
      hint: 'see fixtures/stacks/README.md for the shape of a stack',
      cause: read.error,
    });
  }
  const { services, networks, volumes } = read.data;
  return stringify({
    services: labelled(services, run),
    ...(networks && { networks: labelled(networks, run) }),
    ...(volumes && { volumes: labelled(volumes, run) }),
  });
};
