import type { AttackRecord, DecisionReport, Incident, Outcome, WitnessRecord } from '../model/index.ts';
import type { Judged } from './attempt.ts';
import { breaks, groupBy } from './counts.ts';
import type { Evidence } from './evidence.ts';
import { seconds, visible } from './excerpt.ts';
import { phaseAt } from './phases.ts';
import { placesOfDifference, placesOfForm, placesOfLink } from './places.ts';
import { leaks } from './tap.ts';

/** Admissions shown per incident, and witness entries shown per admission. */
const shown = 5;

/** The attempts of an attack that broke its claim as incidents: one per variant and target, with the first few as evidence. */
export const incidentsOf = (evidence: Evidence, attack: AttackRecord, judged: readonly Judged[]): Incident[] => {
  const comparisons = judged.filter(({ verdict, decisions }) => breaks(verdict) && decisions.length > 0);
  const groups = groupBy(
    judged.filter(({ decisions }) => decisions.length === 0),
    ({ form }) => JSON.stringify([attack.forms[form]?.variant, attack.forms[form]?.target]),
  );
  return [...ofForms(evidence, attack, groups), ...differencesOf(evidence, attack, judged, comparisons)];
};

const ofForms = (
  evidence: Evidence,
  attack: AttackRecord,
  groups: ReadonlyMap<string, readonly Judged[]>,
): Incident[] => {
  return [...groups.values()].flatMap((group): Incident[] => {
    const admitted = group.filter(({ verdict }) => breaks(verdict)).toSorted((a, b) => a.atMs - b.atMs);
    const [first, last] = [admitted[0], admitted.at(-1)];
    if (first === undefined || last === undefined) return [];
    const form = attack.forms[first.form];
    const { variant, target } = form ?? { variant: '', target: '' };
    return [
      incident(evidence, attack, {
        variant,
        target,
        hop: target.includes('→') ? target : `${form?.vantage ?? ''}→${target}`,
        admitted: admitted.length,
        of: group.length,
        times: admitted.map(({ atMs }) => atMs),
        request: form?.request ?? '',
        evidence: admitted.slice(0, shown).map((item) => entry(evidence, item, null)),
        places: placesOfForm(evidence, attack, form),
        advisedAt: target,
      }),
    ];
  });
};

const entry = (evidence: Evidence, item: Judged, request: string | null): Incident['evidence'][number] => ({
  seq: item.attempt?.seq ?? item.read?.seq ?? null,
  atMs: item.atMs,
  attacker: attackerSaw(item),
  witness: witnessSaw(evidence, item),
  request,
  decisions: item.decisions,
});

/** Where a request and the policy part: at which enforcer, and by which parts of the policy. */
const partingOf = ({ decisions }: Judged): DecisionReport | undefined =>
  decisions.find(({ policy, did }) => did !== 'not asked' && did !== policy) ?? decisions.at(-1);

const nameOfParting = (item: Judged): string => JSON.stringify([partingOf(item)?.at, partingOf(item)?.by]);

/** Differences as incidents: one for each enforcer, direction and parts of the policy that decide, whatever was sent. */
const differencesOf = (
  evidence: Evidence,
  attack: AttackRecord,
  judged: readonly Judged[],
  differing: readonly Judged[],
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
    return incident(evidence, attack, {
      variant: `${by.join('+')}-${first.verdict}${at === form.target ? '' : `-at-${at}`}`,
      target: form.target,
      hop: `${form.vantage === 'outside' ? 'outside' : 'mesh'}→${form.target}`,
      admitted: group.length,
      of: alike.length,
      times: sorted.map(({ atMs }) => atMs),
      request: form.request,
      evidence: examples.map((item) =>
        entry(evidence, item, item.form === first.form ? null : (attack.forms[item.form]?.request ?? null)),
      ),
      places: placesOfDifference(evidence, attack, form, { enforcer, by }),
      advisedAt: at === '' ? form.target : at,
    });
  });

/** Packets in clear on the links, one incident per link. */
export const incidentsOfTap = (evidence: Evidence, attack: AttackRecord): Incident[] =>
  [...groupBy(leaks(evidence), ({ link }) => link)].map(([link, packets]) =>
    incident(evidence, attack, {
      variant: 'cleartext',
      target: link,
      hop: link,
      admitted: packets.length,
      of: packets.length,
      times: packets.map(({ atMs }) => atMs).toSorted((a, b) => a - b),
      request: 'nothing was sent: the link was read',
      evidence: packets.slice(0, shown).map(({ seq, atMs, source, destination, excerpt }) => ({
        seq,
        atMs,
        attacker: `read from ${visible(source)} to ${visible(destination)} at ${seconds(atMs)}: ${visible(excerpt)}`,
        witness: [],
        request: null,
        decisions: [],
      })),
      places: placesOfLink(evidence, attack, link),
      advisedAt: link,
    }),
  );

type Facts = Pick<Incident, 'variant' | 'target' | 'hop' | 'admitted' | 'of' | 'request' | 'evidence' | 'places'> & {
  readonly times: readonly number[];
  /** The member or the hop that should have refused: by it the advice is chosen. */
  readonly advisedAt: string;
};

const incident = ({ phases }: Evidence, attack: AttackRecord, facts: Facts): Incident => {
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
    remediation: attack.advice?.find(({ at }) => at.includes(facts.advisedAt))?.text ?? attack.remediation,
    ...(facts.places !== undefined && { places: facts.places }),
  };
};

const slug = (text: string): string => text.replace(/[^A-Za-z0-9.]+/g, '-').replace(/^-|-$/g, '');

const attackerSaw = ({ attempt, read }: Judged): string => {
  if (attempt === null) return `nothing was sent: the interceptor read replayed traffic at ${seconds(read?.atMs ?? 0)}`;
  return `${outcome(attempt)} after ${Math.round(attempt.endMs - attempt.sentMs)} ms${attempt.proved ? ', the answer of the protected endpoint' : ''}`;
};

const outcome = ({ status, error }: Outcome): string =>
  status !== null ? `got ${status}` : `saw ${visible(error ?? 'no answer')}`;

const witnessSaw = (evidence: Evidence, item: Judged): string[] => {
  const { attempt, read } = item;
  const entries = (attempt === null ? [] : (evidence.witness.get(attempt.seq) ?? [])).map(sighting);
  const clear =
    read === null ? [] : [`the interceptor read it in clear at ${seconds(read.atMs)}: ${visible(read.detail)}`];
  const logged = attempt === null || item.decisions.length === 0 ? undefined : evidence.loggedAtEdge.get(attempt.seq);
  const hands = attempt === null || item.decisions.length === 0 ? [] : changedBefore(evidence, attempt.sentMs);
  const edge = logged === undefined ? [] : [`the edge logged ${logged.status} ${visible(logged.reason)}`.trimEnd()];
  return [...clear, ...hands, ...edge, ...entries].slice(0, shown);
};

/** What was changed by hand before a time, on purpose. */
const changedBefore = ({ hands }: Evidence, atMs: number): string[] =>
  hands
    .filter((hand) => hand.atMs <= atMs)
    .map(
      ({ service, what, atMs: at, error }) =>
        `${visible(service)} was changed by hand at ${seconds(at)}: ${visible(what)}${error === null ? '' : `, which failed: ${visible(error)}`}`,
    );

const sighting = ({ service, method, path, peer, atMs, spoofed }: WitnessRecord): string =>
  `${visible(service)} saw ${visible(method)} ${visible(path)} from ${peer === null ? 'a peer without identity' : visible(peer)} at ${seconds(atMs)}` +
  (spoofed === undefined || spoofed.length === 0 ? '' : `, with the spoofed ${spoofed.map(visible).join(', ')}`);
