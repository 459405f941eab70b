import { createHash } from 'node:crypto';
import { canonical } from '../model/index.ts';
import type { Report } from '../model/index.ts';
import { proofFiles, serialiseManifest } from './manifest.ts';
import type { Manifest } from './manifest.ts';

const type = 'https://in-toto.io/Statement/v1';

/** Our own predicate: everything that a gate may want to ask of a run. */
export const posturePredicate = 'https://holdfast.dev/posture/v1';
/** Source: https://github.com/in-toto/attestation/blob/main/spec/predicates/test-result.md */
export const testResultPredicate = 'https://in-toto.io/attestation/test-result/v0.1';

/** The two payloads that are signed, as functions of the report and the manifest alone: whoever has these can write them again. */
export const payloads = (
  report: Report,
  manifest: Manifest,
): { readonly posture: Buffer; readonly testResult: Buffer } => ({
  posture: statement(manifest, posturePredicate, posture(report, manifest)),
  testResult: statement(manifest, testResultPredicate, testResult(report)),
});

/** SHA-256 (hex) of the bytes of the manifest: the subject of both statements. */
export const manifestDigest = (manifest: Manifest): string =>
  createHash('sha256').update(serialiseManifest(manifest)).digest('hex');

const statement = (manifest: Manifest, predicateType: string, predicate: object): Buffer =>
  Buffer.from(
    canonical({
      _type: type,
      subject: [{ name: proofFiles.manifest, digest: { sha256: manifestDigest(manifest) } }],
      predicateType,
      predicate,
    }),
  );

const posture = (report: Report, manifest: Manifest): object => ({
  run: report.run,
  startedAt: report.startedAt,
  harness: report.harness,
  verdict: report.verdict,
  reasons: report.reasons,
  partial: report.partial,
  score: report.score,
  plan: report.plan,
  seed: report.seed,
  stack: report.stack,
  only: report.only,
  controls: report.controls.map(({ id, claim, verdict }) => ({ id, claim, verdict })),
  notClaimed: report.notClaimed,
  attacks: report.attacks.map((attack) => ({
    id: attack.id,
    name: attack.name,
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
  })),
  load: {
    intended: report.load.intended,
    sent: report.load.sent,
    dropped: report.load.dropped,
    failed: report.load.failed,
    latenessP99Ms: report.load.latenessP99Ms,
  },
  capacity: report.capacity,
  sensitivity: report.sabotage,
  incidents: report.incidents.map(({ id, hop, admitted, of }) => ({ id, hop, admitted, of })),
  overlay: report.overlay.map(({ file }) => file),
  versions: report.versions,
  digests: report.digests,
  files: manifest,
});

/** What was tested is the configuration: each digest of the run as an in-toto resource descriptor. */
const testResult = (report: Report): object => ({
  result: report.verdict === 'HOLDS' ? 'PASSED' : report.verdict === 'BROKEN' ? 'FAILED' : 'WARNED',
  configuration: Object.entries(report.digests).map(([name, sha256]) => ({
    name,
    digest: { sha256: sha256.replace(/^sha256:/, '') },
  })),
  passedTests: named(report, 'pass'),
  warnedTests: named(report, 'unknown'),
  failedTests: named(report, 'fail'),
});

const named = ({ attacks }: Report, verdict: Report['attacks'][number]['verdict']): string[] =>
  attacks.filter((attack) => attack.verdict === verdict).map(({ id, name }) => `${id}-${name}`);
