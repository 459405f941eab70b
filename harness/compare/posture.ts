import { brokeOf, heldOf } from '../model/index.ts';
import type { AttackReport, Posture, PostureAttack, Report } from '../model/index.ts';
import { merge, parseHistogram, writeHistogram } from './statistics/histogram.ts';

/** The name of a form, as a posture lists it. */
export const nameOfForm = ({ variant, target }: { readonly variant: string; readonly target: string }): string =>
  `${variant} at ${target}`;

const formsOf = ({ variants }: AttackReport): PostureAttack['forms'] => {
  const broke = variants.filter((form) => brokeOf(form) > 0);
  const held = variants.filter((form) => brokeOf(form) === 0 && heldOf(form) > 0);
  const open = variants.filter((form) => brokeOf(form) + heldOf(form) === 0);
  return { held: held.map(nameOfForm), broke: broke.map(nameOfForm), open: open.map(nameOfForm) };
};

/**
 * What a baseline keeps of a run that is not its newest: by what its rates and latencies differ from the others'. Facts are taken from
 * the newest alone, so what only they need is left out.
 */
export const ratesOf = (posture: Posture): Posture => {
  const blocks = new Map<string, Posture['load']['latencyBlocks'][number][]>();
  for (const block of posture.load.latencyBlocks) {
    const key = `${block.phase} ${block.route}`;
    blocks.set(key, [...(blocks.get(key) ?? []), block]);
  }
  const whole = [...blocks.values()].map((own) => ({
    ...own[0]!,
    endMs: own.at(-1)!.endMs,
    histogram: writeHistogram(merge(own.map(({ histogram }) => parseHistogram(histogram)))),
  }));
  const empty = { held: [], broke: [], open: [] };
  return {
    ...posture,
    attacks: posture.attacks.map((attack) => ({ ...attack, forms: empty })),
    incidents: [],
    load: { ...posture.load, latencyBlocks: whole },
    timeline: {
      ...posture.timeline,
      windows: [],
      intendedPerSecond: [],
      answeredPerSecond: [],
      failedPerSecond: [],
      attemptsPerSecond: [],
      admittedPerSecond: [],
      latencyP50Ms: [],
      latencyP99Ms: [],
    },
  };
};

/** The comparable part of a report. */
export const postureOf = (report: Report): Posture => ({
  run: report.run,
  startedAt: report.startedAt,
  harness: report.harness,
  verdict: report.verdict,
  reasons: report.reasons,
  partial: report.partial,
  seed: report.seed,
  plan: report.plan,
  stack: report.stack,
  only: report.only,
  score: report.score,
  controls: report.controls.map(({ id, verdict }) => ({ id, verdict })),
  notClaimed: report.notClaimed,
  attacks: report.attacks.map((attack) => ({
    id: attack.id,
    name: attack.name,
    title: attack.title,
    control: attack.control,
    critical: attack.critical,
    verdict: attack.verdict,
    reason: attack.reason,
    attempts: attack.attempts,
    clusters: attack.clusters,
    refused: attack.refused,
    admitted: attack.admitted,
    served: attack.served,
    withheld: attack.withheld,
    indeterminate: attack.indeterminate,
    required: attack.required,
    bound: attack.bound,
    bound95: attack.bound95,
    bound95Clusters: attack.bound95Clusters,
    definition: attack.definition,
    forms: formsOf(attack),
  })),
  incidents: report.incidents.map(
    ({ id, attack, title, control, critical, variant, target, hop, admitted, of, places }) => ({
      id,
      attack,
      title,
      control,
      critical,
      variant,
      target,
      hop,
      admitted,
      of,
      ...(places !== undefined && { places }),
    }),
  ),
  load: report.load,
  capacity: report.capacity,
  timeline: report.timeline,
  overlay: report.overlay.map(({ file }) => file),
  versions: report.versions,
  digests: report.digests,
  machine: report.machine,
});
