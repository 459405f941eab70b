import { HoldfastError } from '../../model/index.ts';

/** CPUs that the generator may use; undefined: as many as there are. */
export type Generator = { readonly virtualUsers: number; readonly cpuLimit: number | undefined };

/**
 * The generator's means, as the plan says or as the environment overrides it: HOLDFAST_LOAD_USERS (virtual users) and
 * HOLDFAST_LOAD_CPUS (fractions allowed). They exist to starve the generator on purpose: the run must then be INVALID.
 * Throws `usage` where one is not a number above 0.
 */
export const withOverrides = (given: Generator, env: NodeJS.ProcessEnv): Generator => ({
  virtualUsers: Math.ceil(read(env, 'HOLDFAST_LOAD_USERS') ?? given.virtualUsers),
  cpuLimit: read(env, 'HOLDFAST_LOAD_CPUS') ?? given.cpuLimit,
});

const read = (env: NodeJS.ProcessEnv, name: string): number | undefined => {
  const text = env[name];
  if (text === undefined || text === '') return undefined;
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new HoldfastError('usage', `expected ${name} to be a number above 0, got "${text}"`, { hint: `unset ${name}` });
};
