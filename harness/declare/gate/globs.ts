import { controlIds } from '../../model/index.ts';
import { matchesSome } from '../plan/index.ts';

/** What names of lines are made of, as far as it is known before there is a comparison. */
export type KnownNames = {
  /** Ids of the attacks. */
  readonly attacks: readonly string[];
  /** Ids of phases and of routes of the plans. */
  readonly phases: readonly string[];
  readonly routes: readonly string[];
};

/** A word of a glob without what makes it one: `E2-alg-*` stands for `E2-alg-`. */
const literal = (word: string): string => word.replaceAll(/[*[\]{}!()]/g, '').replaceAll('?', 'x');

/**
 * Ids of lines that a comparison may have, as far as this glob could mean them. Phases, routes and the forms of incidents are
 * open: a plan or an attack of tomorrow has others, so the glob's own words stand for them as well.
 */
const possible = (glob: string, { attacks, phases, routes }: KnownNames): readonly string[] => {
  const own = glob.split(' ').slice(1, 2).map(literal);
  const incidents = own.filter((word) => attacks.some((id) => word.startsWith(`${id}-`)));
  return [
    'verdict',
    'score',
    'throughput',
    'failed',
    ...controlIds.map((id) => `control ${id}`),
    ...attacks.flatMap((id) => [`attack ${id}`, `bound ${id}`, `incident ${id}-x`]),
    ...incidents.map((id) => `incident ${id}`),
    ...[...phases, ...own].flatMap((phase) => ['p50', 'p99'].map((quantile) => `latency ${phase} ${quantile}`)),
    ...[...routes, ...own].map((route) => `floor ${route}`),
  ];
};

/** Could a line of some comparison have a name that this glob matches? Pure. */
export const canMatch = (glob: string, known: KnownNames): boolean =>
  possible(glob, known).some((id) => matchesSome([glob], id));

/** Globs to suggest instead: one for each kind of line, and each attack. */
export const suggestions = ({ attacks }: KnownNames): readonly string[] => [
  'verdict',
  'score',
  'throughput',
  'failed',
  'control *',
  'attack *',
  'incident *',
  'bound *',
  'floor *',
  'latency * p50',
  'latency * p99',
  ...controlIds.map((id) => `control ${id}`),
  ...attacks.flatMap((id) => [`attack ${id}`, `bound ${id}`]),
];
