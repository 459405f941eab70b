import type { AttackRecord, CleartextRecord, Counts, TapRecord } from '../model/index.ts';
import type { Tally } from './attack.ts';
import { bound95 } from './bound.ts';
import { groupBy } from './counts.ts';
import type { Evidence } from './evidence.ts';
import { visible } from './excerpt.ts';
import { rampPhase } from './phases.ts';

/** Is the tap the evidence of this attack? It sends nothing itself. */
export const isTap = ({ vantage }: AttackRecord): boolean => vantage === 'tap';

/** Packets in clear that the harness did not plant. */
export const leaks = ({ cleartext }: Evidence): readonly CleartextRecord[] =>
  cleartext.filter(({ planted }) => !planted);

/**
 * The tally of the tap: an attempt is a packet with a payload, a cluster a connection; admitted is a packet in clear that the
 * harness did not plant, indeterminate one that could not be classified.
 */
export const tallyTap = (evidence: Evidence): Tally => {
  const { tap, phases } = evidence;
  const counts = withLeaks(countPackets(tap), leaks(evidence).length);
  const byPhase = groupBy(tap, ({ phase }) => phase);
  const byLink = groupBy(tap, ({ link }) => link);
  const ways = new Set(leaks(evidence).map(({ source, destination }) => `${source} ${destination}`)).size;
  return {
    ...counts,
    bound95: bound95(counts.admitted, counts.refused + counts.admitted),
    bound95Clusters: bound95(counts.admitted === 0 ? 0 : Math.min(counts.clusters, Math.max(1, ways)), counts.clusters),
    phases: Object.fromEntries(phases.map(({ id }) => [id, countPackets(byPhase.get(id) ?? [])])),
    variants: [...byLink]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([link, records]) => ({ variant: 'every packet', target: link, ...countPackets(records) })),
    indeterminateReasons:
      counts.indeterminate > 0 ? { 'packets that could not be classified': counts.indeterminate } : {},
  };
};

/** A packet that was kept is a fact, also where the counters of its link were lost. */
const withLeaks = (counts: Counts, kept: number): Counts => {
  const missing = Math.max(0, kept - counts.admitted);
  return { ...counts, attempts: counts.attempts + missing, admitted: counts.admitted + missing };
};

const countPackets = (records: readonly TapRecord[]): Counts => {
  const sum = { refused: 0, admitted: 0, indeterminate: 0, clusters: 0 };
  for (const { packets, connections } of records) {
    sum.refused += packets['tls-handshake'] + packets['tls-data'] + packets['tls-alert'];
    sum.admitted += packets.cleartext;
    sum.indeterminate += packets.unclassified;
    sum.clusters += connections;
  }
  const { clusters, refused, admitted, indeterminate } = sum;
  const attempts = refused + admitted + indeterminate;
  return { attempts, clusters, refused, admitted, served: 0, withheld: 0, indeterminate };
};

/** Losses of these kinds are packets that nobody looked at. */
const whole = /^tap-(dropped|file)$/;

/** Why the tap proves nothing; null where it heard every hop, lost nothing, and found its planted cleartext on each in every phase. */
export const faultOfTap = ({ run, tap, phases, losses }: Evidence): string | null => {
  if (tap.length === 0) return 'no link was captured';
  const missing = losses.find(({ what, count }) => whole.test(what) && count > 0);
  if (missing !== undefined) return `the capture is not whole: ${visible(missing.detail)} (${missing.count})`;
  const byLink = groupBy(tap, ({ link }) => link);
  const unheard = run.stack.hops.map(({ from, to }) => `${from}→${to}`).find((link) => !byLink.has(link));
  if (unheard !== undefined) return `link ${unheard} was not captured`;
  for (const [link, records] of byLink) {
    const lost = droppedOn(records);
    if (lost > 0) return `the capture of link ${link} lost ${lost} packets`;
  }
  const unclassified = tap.reduce((sum, { packets }) => sum + packets.unclassified, 0);
  if (unclassified > 0) return `${unclassified} packets could not be classified`;
  for (const { id } of phases) {
    // The ramp need not be captured; where it is, the same is asked of it.
    if (id === rampPhase && !tap.some(({ phase }) => phase === id)) continue;
    for (const [link, records] of byLink) {
      const inPhase = records.filter(({ phase }) => phase === id);
      if (inPhase.length === 0) return `link ${link} was not captured in phase ${id}`;
      if (!inPhase.some(({ packets }) => packets.planted > 0)) {
        return `the cleartext planted on link ${link} in phase ${id} was not seen, so the tap may be deaf there`;
      }
    }
  }
  return null;
};

/** Packets that the capture of one link lost: each of its records carries the whole number, for the phase is not known. */
export const droppedOn = (records: readonly TapRecord[]): number =>
  records.reduce((most, { dropped }) => Math.max(most, dropped), 0);
