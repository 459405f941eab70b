import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { SideInput } from '../../compare/index.ts';
import { HoldfastError } from '../../model/index.ts';
import { readHistory } from '../../record/history/index.ts';
import type { RunsSide } from './side.ts';

type Files = Map<string, string>;

/** The rendered configuration of a run: path → text; null where its folder does not hold it. */
const configurationOf = (folder: string | null): Files | null => {
  const config = folder === null ? null : join(folder, 'config');
  if (config === null || !existsSync(config)) return null;
  return new Map(
    readdirSync(config, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted()
      .map((file) => [file.slice(config.length + 1), readFileSync(file, 'utf8')]),
  );
};

/** The policy of a run as YAML with its keys in order, from the history; null where that is not there or cannot be read. */
const policyOf = (folder: string): string | null => {
  try {
    const run = readHistory(join(folder, 'history.ndjson.gz')).find((record) => record.type === 'run');
    return run === undefined ? null : stringify(run.policy, { sortMapEntries: true, lineWidth: 0 });
  } catch (error) {
    // The lines of the policy are a help beside the digests, which say that it differs: without them the comparison is as sound.
    if (error instanceof HoldfastError) return null;
    throw error;
  }
};

/**
 * Both sides with the text of their configuration, where both have it, and of their policy where the two differ: a history is long,
 * and a policy that only one side still has would read as if it were all new.
 */
export const withFiles = (before: RunsSide, after: RunsSide): readonly [SideInput, SideInput] => {
  const files = [configurationOf(before.folder), configurationOf(after.folder)] as const;
  const [a, b] = [before, after].map(({ postures }) => postures.at(-1)?.digests['policy']);
  if (a !== b && before.folder !== null && after.folder !== null) {
    const policies = [policyOf(before.folder), policyOf(after.folder)] as const;
    if (policies[0] !== null && policies[1] !== null) {
      files[0]?.set('policy', policies[0]);
      files[1]?.set('policy', policies[1]);
    }
  }
  return [inputOf(before, files[0]), inputOf(after, files[1])];
};

const inputOf = ({ label, postures }: RunsSide, files: Files | null): SideInput => ({ label, postures, files });
