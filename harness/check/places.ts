import type { AttackRecord, Incident, RunRecord, SourcePlace, View } from '../model/index.ts';
import { partsOfLink } from '../policy/decide/index.ts';

type Form = AttackRecord['forms'][number];

/**
 * Where to look for the cause of an incident: the parts of the policy that were not enforced, then what asks for the attack in the
 * plan. Nothing where the history does not know the places (it is older).
 */
const places = ({ places: known }: RunRecord, attack: AttackRecord, parts: readonly string[]): Incident['places'] => {
  if (known === undefined) return undefined;
  const find = (part: string): SourcePlace | undefined =>
    known.find((place) => place.part === part) ?? known.find((place) => place.part === part.split('.')[0]);
  const found = [...parts, `attacks.${attack.id}`].map(find).filter((place) => place !== undefined);
  return [...new Set(found)].map(({ file, line, part }) => ({ file, line, part }));
};

/** Of an attack's form: what it puts to the test. */
export const placesOfForm = ({ run }: View, attack: AttackRecord, form: Form | undefined): Incident['places'] =>
  places(run, attack, form?.parts ?? []);

/** Of a link that was read. */
export const placesOfLink = ({ run }: View, attack: AttackRecord, link: string): Incident['places'] =>
  places(run, attack, partsOfLink(run.policy, link));

/**
 * Of a comparison with the policy: the parts that decide where the two part. A reason that is no part of the file, such as that no
 * rule grants it, stands for what the form puts to the test. A waiver of it that is over comes last of the policy.
 */
export const placesOfDifference = (
  { run }: View,
  attack: AttackRecord,
  form: Form,
  at: { readonly enforcer: string | null; readonly by: readonly string[] },
): Incident['places'] => {
  const parts = at.by.flatMap((part) =>
    run.places?.some((place) => place.part === part && !lists.has(part)) ? [part] : (form.parts ?? [part]),
  );
  return places(run, attack, [
    ...parts,
    ...at.by
      .map((part) => `waivers.${at.enforcer}.${part}`)
      .filter((part) => run.places?.some((place) => place.part === part)),
  ]);
};

/** Reasons that name a whole list: a rule or a call of it says more. */
const lists: ReadonlySet<string> = new Set(['rules', 'calls']);
