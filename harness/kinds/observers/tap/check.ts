import { bound95, groupBy, placesOfLink, rampPhase, seconds, visible } from '../../../check/index.ts';
import { placeOfHop, reason } from '../../../model/index.ts';
import type {
  Check,
  Counts,
  HistoryRecord,
  IncidentFacts,
  LinkReport,
  Reason,
  Seen,
  Tally,
  View,
} from '../../../model/index.ts';
import type { CleartextData } from '../cleartext/record.ts';
import { packetClasses } from './record.ts';
import type { TapData } from './record.ts';

/** Packets shown per incident. */
const shown = 5;

const tapsOf = (view: View): readonly Seen<TapData>[] => view.seen<TapData>('tap');

/** Packets in clear that the harness did not plant. */
const leaks = (view: View): readonly Seen<CleartextData>[] =>
  view.seen<CleartextData>('cleartext').filter(({ planted }) => !planted);

const byLinkOf = (taps: readonly Seen<TapData>[]): readonly (readonly [string, readonly Seen<TapData>[]])[] =>
  [...groupBy(taps, ({ link }) => link)].toSorted(([a], [b]) => (a < b ? -1 : 1));

/**
 * An attempt is a packet with a payload, a cluster a connection; admitted is a packet in clear that the harness did not plant,
 * indeterminate one that could not be classified.
 */
const tally = (view: View): Tally => {
  const taps = tapsOf(view);
  const counts = withLeaks(countPackets(taps), leaks(view).length);
  const byPhase = groupBy(taps, ({ phase }) => phase);
  const ways = new Set(leaks(view).map(({ source, destination }) => `${source} ${destination}`)).size;
  return {
    ...counts,
    bound95: bound95(counts.admitted, counts.refused + counts.admitted),
    bound95Clusters: bound95(counts.admitted === 0 ? 0 : Math.min(counts.clusters, Math.max(1, ways)), counts.clusters),
    phases: Object.fromEntries(view.phases.map(({ id }) => [id, countPackets(byPhase.get(id) ?? [])])),
    variants: byLinkOf(taps).map(([link, records]) => ({
      variant: 'every packet',
      target: link,
      ...countPackets(records),
    })),
    indeterminateReasons:
      counts.indeterminate > 0 ? [{ reason: reason('packet-unclassified'), count: counts.indeterminate }] : [],
  };
};

/** A packet that was kept is a fact, also where the counters of its link were lost. */
const withLeaks = (counts: Counts, kept: number): Counts => {
  const missing = Math.max(0, kept - counts.admitted);
  return { ...counts, attempts: counts.attempts + missing, admitted: counts.admitted + missing };
};

const countPackets = (records: readonly TapData[]): Counts => {
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

/** Losses by which packets were looked at by nobody. */
const missing: ReadonlySet<string> = new Set(['dropped', 'file']);

/** Why the tap proves nothing; null where it heard every hop, lost nothing, and found its planted cleartext on each in every phase. */
const whyNothing = (view: View): Reason | null => {
  const { run, phases, losses } = view;
  const taps = tapsOf(view);
  if (taps.length === 0) return reason('no-link-captured');
  const lost = losses.find(({ observer, code, count }) => observer === 'tap' && missing.has(code) && count > 0);
  if (lost !== undefined)
    return reason('capture-not-whole', { code: lost.code, count: lost.count, data: readable(lost.data) });
  const byLink = groupBy(taps, ({ link }) => link);
  const unheard = run.stack.hops.map(placeOfHop).find((link) => !byLink.has(link));
  if (unheard !== undefined) return reason('link-not-captured', { link: unheard, phase: null });
  for (const [link, records] of byLink) {
    const packets = droppedOn(records);
    if (packets > 0) return reason('capture-lost-packets', { link, packets });
  }
  const unclassified = taps.reduce((sum, { packets }) => sum + packets.unclassified, 0);
  if (unclassified > 0) return reason('packets-unclassified', { packets: unclassified });
  for (const { id } of phases) {
    // The ramp need not be captured; where it is, the same is asked of it.
    if (id === rampPhase && !taps.some(({ phase }) => phase === id)) continue;
    for (const [link, records] of byLink) {
      const inPhase = records.filter(({ phase }) => phase === id);
      if (inPhase.length === 0) return reason('link-not-captured', { link, phase: id });
      if (!inPhase.some(({ packets }) => packets.planted > 0)) return reason('planted-not-seen', { link, phase: id });
    }
  }
  return null;
};

const readable = (data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, typeof value === 'string' ? visible(value) : value]),
  );

/** Packets that the capture of one link lost: each of its records carries the whole number, for the phase is not known. */
const droppedOn = (records: readonly TapData[]): number =>
  records.reduce((most, { dropped }) => Math.max(most, dropped), 0);

/** Packets in clear on the links, one incident per link. */
const incidents: Check['incidents'] = (view, attack) =>
  [...groupBy(leaks(view), ({ link }) => link)].map(([link, packets]): IncidentFacts => ({
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
    places: placesOfLink(view, attack, link),
  }));

const links = (view: View): readonly LinkReport[] =>
  byLinkOf(tapsOf(view)).map(([link, records]) => ({
    link,
    packets: Object.fromEntries(
      packetClasses.map((name) => [name, records.reduce((sum, { packets }) => sum + packets[name], 0)]),
    ),
    connections: records.reduce((sum, { connections }) => sum + connections, 0),
    dropped: droppedOn(records),
  }));

const example: Check['example'] = (ending, phase, hops) => {
  const leak = ending === 'broke' ? 1 : 0;
  const packets = { 'tls-handshake': 6, 'tls-data': 40, planted: 1 };
  const taps = hops.map((hop, i): HistoryRecord => {
    const own = { ...packets, cleartext: i === 0 ? leak : 0 };
    const all = Object.fromEntries(packetClasses.map((name) => [name, (own as Record<string, number>)[name] ?? 0]));
    const data = { link: placeOfHop(hop), phase, packets: all, connections: 4, dropped: 0 };
    return { type: 'seen', kind: 'tap', atMs: null, seq: null, data };
  });
  const { from, to } = hops[0]!;
  const excerpt = 'GET / HTTP/1.1';
  const kept = {
    link: placeOfHop(hops[0]!),
    source: `${from}:40000`,
    destination: `${to}:80`,
    planted: false,
    excerpt,
  };
  return leak === 0 ? taps : [...taps, { type: 'seen', kind: 'cleartext', atMs: 1000, seq: null, data: kept }];
};

/** Every packet of every mesh link is TLS: what the taps captured is the evidence, and nothing is sent. */
export const check: Check = { id: 'tap', tally, whyNothing, incidents, links, example };
