import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { HoldfastError, clauseIds, clauses, controlIds, featureIds } from '../../model/index.ts';
import { checkIds } from '../../kinds/index.ts';
import type { Attack, AttackMeta } from '../../model/index.ts';
import { readYamlDocument, suggestion } from '../yaml/index.ts';
import type { Path } from '../yaml/index.ts';
import { byId, pluginFolders, requireFile } from './folders.ts';
import { projectRoot } from './root.ts';

/** An attack as it lies in its folder (absolute). */
export type DiscoveredAttack = { readonly meta: AttackMeta; readonly attack: Attack; readonly folder: string };

const text = z.string().trim().min(1);

const schema = z.strictObject({
  id: z.string().regex(/^[A-Z][0-9]+$/, 'expected an id such as M3'),
  name: z.string().regex(/^[a-z][a-z0-9-]*$/, 'expected a claim in lower case with dashes, such as refuses-plaintext'),
  title: text,
  control: z.enum(controlIds),
  clause: text,
  critical: z.boolean(),
  check: text.optional(),
  corpus: z.literal(true).optional(),
  needs: z.array(text).min(1).optional(),
  technique: text,
  secure: text,
  remediation: text,
  sources: z.array(text).min(1),
});

/**
 * What the attacks say of themselves, by id: `scenarios/attacks/<id>-<name>/attack.yaml`. Runs no code of theirs.
 * Throws `bad-input` for a wrong file, a folder of another name, an id that stands twice, or a check that is not among `checks`.
 */
export const discoverAttackMetas = (
  root: string = projectRoot,
  checks: readonly string[] = checkIds(),
): ReadonlyMap<string, { meta: AttackMeta; folder: string }> => {
  const found = new Map<string, { meta: AttackMeta; folder: string }>();
  for (const name of pluginFolders(join(root, 'scenarios/attacks'))) {
    const folder = join(root, 'scenarios/attacks', name);
    const { value, placeOf } = readYamlDocument(requireFile(folder, 'attack.yaml', 'an attack.yaml'), schema);
    const refuse = (path: Path, expected: string, found: string, known: readonly string[]): never => {
      throw new HoldfastError('bad-input', `expected ${expected}, found "${found}"`, {
        hint: suggestion(found, known),
        place: placeOf(path),
      });
    };
    const clause =
      clauseIds.find((id) => id === value.clause) ?? refuse(['clause'], 'a clause', value.clause, clauseIds);
    if (clauses[clause].control !== value.control) {
      const fitting = clauseIds.filter((id) => clauses[id].control === value.control);
      refuse(['clause'], `a clause of the control ${value.control}`, clause, fitting);
    }
    value.needs?.forEach((id, at) => {
      if (!(featureIds as readonly string[]).includes(id)) refuse(['needs', at], 'a feature', id, featureIds);
    });
    const { check } = value;
    if (check !== undefined && !checks.includes(check))
      refuse(['check'], 'a check of harness/kinds/observers', check, checks);
    if (check !== undefined && value.corpus === true) refuse(['corpus'], 'no corpus beside a check', 'true', []);
    const meta: AttackMeta = { ...value, clause };
    const twice = found.get(meta.id);
    if (twice !== undefined) {
      throw new HoldfastError(
        'bad-input',
        `expected each id once, found ${meta.id} also in ${basename(twice.folder)}`,
        {
          hint: 'give one of the two another id',
          place: placeOf(['id']),
        },
      );
    }
    if (name !== `${meta.id}-${meta.name}`) {
      throw new HoldfastError('bad-input', `expected the folder to be named ${meta.id}-${meta.name}, found ${name}`, {
        hint: 'make the folder and "id" and "name" agree',
        place: placeOf(['name']),
      });
    }
    found.set(meta.id, { meta, folder });
  }
  return new Map([...found].toSorted(([a], [b]) => byId(a, b)));
};

/** The attacks with their code, by id, in the order of their ids. Throws `bad-input` as `discoverAttackMetas`. */
export const discoverAttacks = async (
  root: string = projectRoot,
  checks?: readonly string[],
): Promise<ReadonlyMap<string, DiscoveredAttack>> => {
  const attacks = new Map<string, DiscoveredAttack>();
  for (const [id, { meta, folder }] of discoverAttackMetas(root, checks)) {
    const attack =
      meta.check === undefined ? await load(requireFile(folder, 'attack.ts', 'an attack.ts')) : withoutForms(folder);
    attacks.set(id, { meta, folder, attack });
  }
  return attacks;
};

/** An attack that a check judges sends nothing. Throws `bad-input` where it has code all the same: nobody would run it. */
const withoutForms = (folder: string): Attack => {
  const file = join(folder, 'attack.ts');
  if (existsSync(file))
    throw new HoldfastError('bad-input', 'expected no attack.ts where attack.yaml names a check, found one', {
      hint: 'remove the file, or "check"',
      place: { file },
    });
  return { attempts: () => [] };
};

const load = async (file: string): Promise<Attack> => {
  const refuse = (found: string, cause?: unknown): never => {
    throw new HoldfastError(
      'bad-input',
      `expected a module that exports "attack" with a function "attempts", found ${found}`,
      {
        hint: 'see scenarios/attacks/README.md',
        place: { file },
        cause,
      },
    );
  };
  const module = await import(pathToFileURL(file).href).catch((cause: unknown) =>
    refuse(`one that does not load: ${String(cause)}`, cause),
  );
  const attack = (module as { attack?: Partial<Attack> }).attack;
  return typeof attack?.attempts === 'function' ? (attack as Attack) : refuse('none');
};
