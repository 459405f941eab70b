import { YAMLParseError, parse, stringify } from 'yaml';
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
  const read = composeShape.safeParse(parsed(compose));
  if (!read.success) throw refused('something else', read.error);
  const { services, networks, volumes } = read.data;
  return stringify({
    services: labelled(services, run),
    ...(networks && { networks: labelled(networks, run) }),
    ...(volumes && { volumes: labelled(volumes, run) }),
  });
};

const parsed = (compose: string): unknown => {
  try {
    return parse(compose);
  } catch (cause) {
    if (!(cause instanceof YAMLParseError)) throw cause;
    throw refused('text that is no YAML', cause, cause.linePos?.[0].line);
  }
};

const refused = (found: string, cause: Error, line?: number): HoldfastError =>
  new HoldfastError('bad-input', `expected a compose file with services, found ${found}`, {
    place: { file: 'compose.yaml', ...(line !== undefined && { line }) },
    hint: 'see fixtures/stacks/README.md for the shape of a stack; if you gave an overlay, look at its compose.yaml',
    cause,
  });
