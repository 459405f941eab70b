import type { Report } from '../model/index.ts';
import type { Bundle } from './bundle.ts';

/** One thing that is not as it was recorded; null where there was, or is, no such thing. */
export type Difference = { readonly what: string; readonly recorded: string | null; readonly now: string | null };

/** Digests that say nothing about the environment: they differ because a part is replayed, not the whole. */
const ofTheRun = new Set(['plan', 'trace', 'schedule', 'configuration', 'policy']);

/**
 * What differs between the environment of a run and that of its reproduction: versions, digests, the machine, and what this version
 * would mount in place of the recorded configuration. `now`: the report of a reproduction; `rendered`: the configuration that this
 * version makes of the stack's own policy, overlay applied, or why it makes none; `files`: digests of policy and trace files as they are now.
 */
export const differencesOf = (
  bundle: Bundle,
  now: Pick<Report, 'versions' | 'digests' | 'machine'>,
  rendered: ReadonlyMap<string, string> | string,
  files: Readonly<Record<string, string | null>>,
): readonly Difference[] => [
  ...changes('version of ', withoutSource(bundle.versions), withoutSource(now.versions)),
  ...changes('digest of ', without(bundle.digests), without(now.digests)),
  ...changes('digest of ', pick(bundle.digests, Object.keys(files)), files),
  ...changes('machine: ', texts(bundle.machine), texts(now.machine)),
  ...(typeof rendered === 'string'
    ? [{ what: 'configuration', recorded: 'as recorded', now: rendered }]
    : configuration(bundle, rendered)),
];

type Texts = Readonly<Record<string, string | null | undefined>>;

const changes = (prefix: string, recorded: Texts, now: Texts): Difference[] =>
  [...new Set([...Object.keys(recorded), ...Object.keys(now)])]
    .toSorted()
    .filter((key) => recorded[key] !== now[key])
    .map((key) => ({ what: `${prefix}${key}`, recorded: recorded[key] ?? null, now: now[key] ?? null }));

const pick = (all: Texts, keys: readonly string[]): Texts => Object.fromEntries(keys.map((key) => [key, all[key]]));

const without = (digests: Texts): Texts =>
  Object.fromEntries(Object.entries(digests).filter(([key]) => !ofTheRun.has(key)));

/** Whether an image was pulled, built or there already is said after its version, and makes no difference. */
const withoutSource = (versions: Readonly<Record<string, string>>): Texts =>
  Object.fromEntries(
    Object.entries(versions).map(([key, value]) => [key, value.replace(/ \((pulled|built|cached)\)$/, '')]),
  );

const texts = (values: Readonly<Record<string, string | number>>): Texts =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));

const configuration = ({ configuration: recorded }: Bundle, rendered: ReadonlyMap<string, string>): Difference[] =>
  [...new Set([...Object.keys(recorded), ...rendered.keys()])]
    .toSorted()
    .filter((file) => recorded[file] !== rendered.get(file))
    .map((file) => ({
      what: `configuration ${file}`,
      recorded: recorded[file] === undefined ? null : 'as recorded',
      now: rendered.has(file) ? 'this version renders another' : null,
    }));
