import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildReport, serialiseReport } from '../check/index.ts';
import { HoldfastError } from '../model/index.ts';
import type { Kinds, Report } from '../model/index.ts';
import { readHistory } from '../record/history/index.ts';
import { compareFiles } from './compare-files.ts';
import { open, signedBy } from './envelope.ts';
import type { Envelope } from './envelope.ts';
import { fingerprint } from './key.ts';
import type { TrustedKey } from './key.ts';
import { parseManifest, proofFiles } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { publicKeyFile } from './prove.ts';
import { manifestDigest, payloads } from './statement.ts';

/** One step of a verification. `faults`: which file, what was expected, what was found; empty where it holds. */
export type Step = { readonly name: string; readonly faults: readonly string[] };

/** What came of verifying a run. `signer`: fingerprint of the key that the folder names, trusted or not. */
export type Verification = {
  readonly ok: boolean;
  readonly steps: readonly Step[];
  readonly signer: string | null;
  readonly verdict: Report['verdict'] | null;
  readonly hint: string | null;
};

/** Verifies a run's folder with nothing but the folder and a key that is trusted. Never throws on what is in the folder. */
export const verifyRun = (folder: string, key: TrustedKey | null, kinds: Kinds): Verification => {
  if (!isFolder(folder)) {
    throw new HoldfastError('bad-run', `expected the folder of a run at ${folder}, found none`, {
      hint: 'name a folder that a run wrote, e.g. one of reports/runs',
      place: { file: folder },
    });
  }
  const sealed = {
    posture: open(read(folder, proofFiles.posture)),
    testResult: open(read(folder, proofFiles.testResult)),
  };
  const manifest = parseManifest(read(folder, proofFiles.manifest).toString('utf8'));
  const history = attempt(() => buildReport(readHistory(join(folder, 'history.ndjson.gz')), kinds));
  const report = 'value' in history ? history.value : null;
  const older = otherForm(folder, report);
  const signer = fingerprint(read(folder, publicKeyFile).toString('utf8'));
  const steps: Step[] = [
    {
      name: 'the envelopes are whole',
      faults: [...whole(proofFiles.posture, sealed.posture), ...whole(proofFiles.testResult, sealed.testResult)],
    },
    { name: 'a trusted key signed them', faults: signed(sealed, key, signer) },
    { name: 'the manifest is the one that was signed', faults: sameManifest(sealed, manifest) },
    {
      name: 'every file is as the manifest says',
      faults: manifest === null ? ['there is no manifest to compare with'] : compareFiles(folder, manifest),
    },
    { name: 'the chain of the history is unbroken', faults: 'fault' in history ? [history.fault] : [] },
    {
      name: 'the report follows from the history',
      faults: report === null ? ['there is no history to recompute it from'] : sameReport(folder, report, older),
    },
    {
      name: 'the statements follow from the report',
      faults:
        older === null
          ? sameStatements(sealed, report, manifest)
          : ['not compared: they are about a report of that form'],
    },
  ];
  const ok = steps.every(({ faults }) => faults.length === 0);
  return { ok, steps, signer, verdict: report?.verdict ?? null, hint: hintFor(steps, signer, older) };
};

type Sealed = Readonly<Record<'posture' | 'testResult', Envelope | null>>;

const whole = (file: string, envelope: Envelope | null): string[] =>
  envelope === null ? [`${file}: expected a canonical DSSE envelope with one signature, found something else`] : [];

const signed = (sealed: Sealed, key: TrustedKey | null, signer: string | null): string[] => {
  if (key === null) return [`expected a trusted key, found none; the folder names ${signer ?? 'no key'}`];
  return (['posture', 'testResult'] as const).flatMap((name) => {
    const envelope = sealed[name];
    if (envelope !== null && signedBy(envelope, key)) return [];
    const found =
      envelope === null
        ? 'no envelope'
        : `one of ${envelope.keyid === key.id ? 'that name that does not match' : envelope.keyid}`;
    return [`${proofFiles[name]}: expected a signature of ${key.id} (${key.from}), found ${found}`];
  });
};

const sameManifest = (sealed: Sealed, manifest: Manifest | null): string[] => {
  if (manifest === null) return [`${proofFiles.manifest}: expected a manifest in canonical form, found something else`];
  const digest = manifestDigest(manifest);
  return (['posture', 'testResult'] as const).flatMap((name) => {
    const envelope = sealed[name];
    if (envelope === null) return [];
    const subject = subjectOf(envelope);
    return subject === digest
      ? []
      : [`${proofFiles.manifest}: expected SHA-256 ${subject} (${proofFiles[name]}), found ${digest}`];
  });
};

const subjectOf = ({ payload }: Envelope): string => {
  const parsed = attempt(() => JSON.parse(payload.toString('utf8')) as { subject: [{ digest: { sha256: unknown } }] });
  const digest = 'value' in parsed ? attempt(() => parsed.value.subject[0].digest.sha256) : parsed;
  return 'value' in digest && typeof digest.value === 'string' ? digest.value : 'none';
};

/** The form that the folder's report says it has, where it is a published one and not today's; null otherwise. */
const otherForm = (folder: string, report: Report | null): string | null => {
  const parsed = attempt(() => JSON.parse(read(folder, 'report.json').toString('utf8')) as { schema?: unknown } | null);
  const schema = 'value' in parsed ? parsed.value?.schema : undefined;
  return report !== null && schema !== report.schema && /^https:\/\/holdfast\.dev\/report\/v\d+$/.test(String(schema))
    ? String(schema)
    : null;
};

const sameReport = (folder: string, report: Report, older: string | null): string[] => {
  if (older !== null)
    return [`report.json: expected ${report.schema}, found ${older}, which this version does not write`];
  const [expected, found] = [serialiseReport(report), read(folder, 'report.json').toString('utf8')];
  if (expected === found) return [];
  const [lines, other] = [expected.split('\n'), found.split('\n')];
  const at = lines.findIndex((line, i) => line !== other[i]);
  return [`report.json line ${at + 1}: expected ${shorten(lines[at])}, found ${shorten(other[at])}`];
};

const sameStatements = (sealed: Sealed, report: Report | null, manifest: Manifest | null): string[] => {
  if (report === null || manifest === null) return ['there is no report and manifest to recompute them from'];
  const expected = payloads(report, manifest);
  return (['posture', 'testResult'] as const).flatMap((name) => {
    const envelope = sealed[name];
    if (envelope === null || envelope.payload.equals(expected[name])) return [];
    return [`${proofFiles[name]}: expected the statement that report and manifest give, found another`];
  });
};

const hintFor = (steps: readonly Step[], signer: string | null, older: string | null): string | null => {
  const failed = steps.filter(({ faults }) => faults.length > 0);
  if (failed.length === 0) return null;
  if (older !== null && failed.length === 2)
    return 'signatures and files hold; that the report follows from the history only the version of Holdfast that made it can say (it stands in the report: harness), and holdfast check makes one of today from the same history';
  if (failed.length > 1 || failed[0]?.name !== steps[1]?.name)
    return 'the run was altered after it was signed: take it again from where it was made';
  return `compare the fingerprint ${signer ?? ''} with what the signer says, then pass the key: --key FILE (a copy of the signer's ${publicKeyFile}, got from the signer)`;
};

const shorten = (line: string | undefined): string =>
  line === undefined ? 'nothing' : JSON.stringify(line.trim().slice(0, 100));

const isFolder = (folder: string): boolean => statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** The bytes of a file of the folder, none where it cannot be read: the steps then say what they miss. */
const read = (folder: string, file: string): Buffer => {
  const result = attempt(() => readFileSync(join(folder, file)));
  return 'value' in result ? result.value : Buffer.alloc(0);
};

const attempt = <T>(what: () => T): { readonly value: T } | { readonly fault: string } => {
  try {
    return { value: what() };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
};
