import type { Context, Posture } from '../model/index.ts';

const cause = 'it may be the cause of what differs';
const otherLoad = 'rates and latencies do not compare: another load was replayed';

/** What a difference of a digest means for the comparison; absent where it means nothing. */
const consequences: Readonly<Record<string, string>> = {
  plan: `${otherLoad}; attacks do, where both sides tried them`,
  trace: otherLoad,
  catalogue: 'attacks compare by what both sides tried: see those whose definition differs',
  harness: 'the instrument changed: a difference may be its own',
  dependencies: 'the instrument changed: a difference may be its own',
  policy: cause,
  configuration: cause,
};

/** What differs between two runs beside what was measured: one of these may be the cause of what did. */
export const contextOf = (before: Posture, after: Posture): Context[] => {
  const found: Context[] = [];
  const add = (what: string, a: string | null, b: string | null, consequence: string | null): void => {
    if (a !== b) found.push({ what, before: a, after: b, consequence });
  };
  add('stack', before.stack, after.stack, 'two stacks are compared, not two states of one');
  if (before.plan !== after.plan) add('plan', before.plan, after.plan, consequences['plan'] ?? null);
  add('only', before.only, after.only, 'attacks that were left out do not compare');
  add('overlay', listed(before.overlay), listed(after.overlay), cause);
  add('harness version', before.harness, after.harness, consequences['harness'] ?? null);
  for (const name of keysOf(before.digests, after.digests)) {
    if (name === 'schedule') continue;
    const consequence = name.startsWith('image ') ? cause : (consequences[name] ?? null);
    add(`${name} (digest)`, short(before.digests[name]), short(after.digests[name]), consequence);
  }
  for (const name of keysOf(before.versions, after.versions)) {
    if (name !== 'holdfast') add(name, versionOf(before.versions[name]), versionOf(after.versions[name]), null);
  }
  const [a, b] = [before.machine, after.machine];
  const otherMachine = 'rates and latencies do not compare: another machine';
  add('CPUs', `${a.cpus}`, `${b.cpus}`, otherMachine);
  add('memory', gibibytes(a.memoryBytes), gibibytes(b.memoryBytes), null);
  add('kernel', a.kernel, b.kernel, null);
  add('seed', before.seed, after.seed, null);
  return found;
};

/** Whether an image was there already says nothing of what is in it. */
export const versionOf = (text: string | undefined): string | null =>
  text?.replace(/ \((cached|pulled|built)\)$/, '') ?? null;

const keysOf = (...records: Readonly<Record<string, string>>[]): string[] =>
  [...new Set(records.flatMap(Object.keys))].toSorted();

const short = (digest: string | undefined): string | null => digest?.slice(0, 12) ?? null;

const listed = (files: readonly string[]): string | null => (files.length === 0 ? null : files.toSorted().join(', '));

const gibibytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
