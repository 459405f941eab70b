import type {
  AttackRecord,
  DecisionReport,
  Incident,
  IncidentFacts,
  Kinds,
  Outcome,
  Sighting,
} from '../model/index.ts';
import { breaks, groupBy } from './counts.ts';
import { seconds, visible } from './excerpt.ts';
import type { Gathered } from './gather.ts';
import type { Judged } from './judge.ts';
import { phaseAt } from './phases.ts';
import { placesOfDifference, placesOfForm } from './places.ts';

/** Admissions shown per incident, and witness entries shown per admission. */
const shown = 5;

/** The attempts of an attack that broke its claim as incidents: one per variant and target, with the first few as evidence. */
export const incidentsOf = (
  view: Gathered,
  attack: AttackRecord,
  judged: readonly Judged[],
  kinds: Kinds,
): readonly Incident[] => {
  const comparisons = judged.filter(({ verdict, decisions }) => breaks(verdict) && decisions.length > 0);
  const groups = groupBy(
    judged.filter(({ decisions }) => decisions.length === 0),
    ({ form }) => JSON.stringify([attack.forms[form]?.variant, attack.forms[form]?.target]),
  );
  const entryOf = (item: Judged, request: string | null): Entry => entry(view, attack, kinds, item, request);
  return [...ofForms(view, attack, groups, entryOf), ...differencesOf(view, attack, judged, comparisons, entryOf)];
};

type Entry = Incident['evidence'][number];
type EntryOf = (item: Judged, request: string | null) => Entry;

const ofForms = (
  view: Gathered,
  attack: AttackRecord,
  groups: ReadonlyMap<string, readonly Judged[]>,
  entryOf: EntryOf,
): Incident[] => {
  return [...groups.values()].flatMap((group): Incident[] => {
    const admitted = group.filter(({ verdict }) => breaks(verdict)).toSorted((a, b) => a.atMs - b.atMs);
    const [first, last] = [admitted[0], admitted.at(-1)];
    if (first === undefined || last === undefined) return [];
    const form = attack.forms[first.form];
    const { variant, target } = form ?? { variant: '', target: '' };
    return [
      incidentOf(view, attack, {
        variant,
        target,
        hop: target.includes('→') ? target : `${form?.vantage ?? ''}→${target}`,
        admitted: admitted.length,
        of: group.length,
        times: admitted.map(({ atMs }) => atMs),
        request: form?.request ?? '',
        evidence: admitted.slice(0, shown).map((item) => entryOf(item, null)),
        places: placesOfForm(view, attack, form),
      }),
    ];
  });
};

const entry = (view: Gathered, attack: AttackRecord, kinds: Kinds, item: Judged, request: string | null): Entry => ({
  seq: item.seq,
  atMs: item.atMs,
  attacker: attackerSaw(item),
  witness: witnessSaw(view, attack, kinds, item),
  request,
  decisions: item.decisions,
});

/** Where a request and the policy part: at which enforcer, and by which parts of the policy. */
const partingOf = ({ decisions }: Judged): DecisionReport | undefined =>
  decisions.find(({ policy, did }) => did !== 'not asked' && did !== policy) ?? decisions.at(-1);

const nameOfParting = (item: Judged): string => JSON.stringify([partingOf(item)?.at, partingOf(item)?.by]);

/** Differences as incidents: one for each enforcer, direction and parts of the policy that decide, whatever was sent. */
const differencesOf = (
  view: Gathered,
  attack: AttackRecord,
  judged: readonly Judged[],
  differing: readonly Judged[],
  entryOf: EntryOf,
): Incident[] =>
  [
    ...groupBy(
      differing,
      (item) => `${item.verdict} ${attack.forms[item.form]?.target} ${nameOfParting(item)}`,
    ).values(),
  ].map((group) => {
    const sorted = group.toSorted((a, b) => a.atMs - b.atMs);
    const first = sorted[0]!;
    const form = attack.forms[first.form]!;
    const { at = '', by = [], enforcer = null } = partingOf(first) ?? {};
    // One of each kind says more than five of one.
    const kinds = new Map(sorted.toReversed().map((item) => [attack.forms[item.form]?.variant, item]));
    const examples = [first, ...[...kinds.values()].toReversed().filter((item) => item !== first)].slice(0, shown);
    const alike = judged.filter(({ form: own, decisions }) => {
      const about = decisions.find((decision) => decision.at === at);
      return attack.forms[own]?.target === form.target && JSON.stringify(about?.by) === JSON.stringify(by);
    });
    return incidentOf(
      view,
      attack,
      {
        variant: `${by.join('+')}-${first.verdict}${at === form.target ? '' : `-at-${at}`}`,
        target: form.target,
        hop: `${form.vantage === 'outside' ? 'outside' : 'mesh'}→${form.target}`,
        admitted: group.length,
        of: alike.length,
        times: sorted.map(({ atMs }) => atMs),
        request: form.request,
        evidence: examples.map((item) =>
          entryOf(item, item.form === first.form ? null : (attack.forms[item.form]?.request ?? null)),
        ),
        places: placesOfDifference(view, attack, form, { enforcer, by }),
      },
      at === '' ? form.target : at,
    );
  });

/** An incident from what it consists of. `advisedAt`: the member or the hop that should have refused, by which the advice is chosen. */
export const incidentOf = (
  { phases }: Gathered,
  attack: AttackRecord,
  facts: IncidentFacts,
  advisedAt: string = facts.target,
): Incident => {
  const touched = new Set(facts.times.map((atMs) => phaseAt(phases, atMs)?.id));
  return {
    id: [attack.id, facts.variant, facts.target].map(slug).join('-'),
    attack: attack.id,
    title: attack.title,
    control: attack.control,
    critical: attack.critical,
    variant: facts.variant,
    target: facts.target,
    hop: facts.hop,
    admitted: facts.admitted,
    of: facts.of,
    phases: phases.map(({ id }) => id).filter((id) => touched.has(id)),
    firstMs: facts.times[0] ?? 0,
    lastMs: facts.times.at(-1) ?? 0,
    request: facts.request,
    evidence: facts.evidence,
    remediation: attack.advice?.find(({ at }) => at.includes(advisedAt))?.text ?? attack.remediation,
    ...(facts.places !== undefined && { places: facts.places }),
  };
};

const slug = (text: string): string => text.replace(/[^A-Za-z0-9.]+/g, '-').replace(/^-|-$/g, '');

const attackerSaw = ({ attempt, beyond }: Judged): string =>
  attempt === null
    ? (beyond?.attacker ?? '')
    : `${outcome(attempt)} after ${Math.round(attempt.endMs - attempt.sentMs)} ms${attempt.proved ? ', the answer of the protected endpoint' : ''}`;

const outcome = ({ status, error }: Outcome): string =>
  status !== null ? `got ${status}` : `saw ${visible(error ?? 'no answer')}`;

/** What is known of it: of a difference what was done to the stack before, what instruments saw, and what workloads journalled. */
const witnessSaw = (
  view: Gathered,
  attack: AttackRecord,
  { actions, evidence, observers }: Kinds,
  item: Judged,
): string[] => {
  const { attempt, beyond, decisions, form } = item;
  if (attempt === null) return [...(beyond?.saw ?? [])].slice(0, shown);
  const notes =
    decisions.length === 0 ? [] : [...actions.values()].flatMap((action) => action.notes?.(view, attempt.sentMs) ?? []);
  const saw = evidence.get(attack.forms[form]?.evidence ?? '')?.saw?.(view, attempt) ?? [];
  const read = [...observers.values()].flatMap((observer) => observer.saw?.(view, attempt) ?? []);
  return [...read, ...notes, ...saw, ...(view.witness.get(attempt.seq) ?? []).map(sighting)].slice(0, shown);
};

const sighting = ({ service, method, path, peer, atMs, spoofed }: Sighting): string =>
  `${visible(service)} saw ${visible(method)} ${visible(path)} from ${peer === null ? 'a peer without identity' : visible(peer)} at ${seconds(atMs)}` +
  (spoofed === undefined || spoofed.length === 0 ? '' : `, with the spoofed ${spoofed.map(visible).join(', ')}`);
