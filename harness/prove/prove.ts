import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../model/index.ts';
import { seal } from './envelope.ts';
import type { SigningKey } from './key.ts';
import { proofFiles, serialiseManifest, takeManifest } from './manifest.ts';
import { payloads } from './statement.ts';

/** The public key beside the proof, so that a reader can see whose it is; it is no reason to trust it. */
export const publicKeyFile = 'proof.pub';

/**
 * Signs a finished run's folder: writes proof.pub, manifest.json, proof.dsse.json and test-result.dsse.json. Everything else
 * must be there already, report.json and report.html included: a file that is written later is one that the proof does not know.
 */
export const proveRun = (folder: string, report: Report, key: SigningKey): void => {
  put(join(folder, publicKeyFile), key.public.pem);
  const manifest = takeManifest(folder);
  put(join(folder, proofFiles.manifest), serialiseManifest(manifest));
  const { posture, testResult } = payloads(report, manifest);
  put(join(folder, proofFiles.testResult), seal(testResult, key));
  put(join(folder, proofFiles.posture), seal(posture, key));
};

/** A reader never sees half a file. */
const put = (file: string, bytes: string | Buffer): void => {
  writeFileSync(`${file}.new`, bytes);
  renameSync(`${file}.new`, file);
};
