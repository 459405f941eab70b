import { generateKeyPairSync } from 'node:crypto';
import { cpSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { serialiseReport } from '../../../harness/check/index.ts';
import { loadPublicKey, loadSigningKey, proveRun, verifyRun } from '../../../harness/prove/index.ts';
import { provedRun } from './proved-run.ts';
import { kinds } from '../../support/check.ts';

const { config, env, key, trusted, folder, report } = provedRun(t);

/** Names of the steps that fail. */
const failing = (run = folder, by = trusted): string[] =>
  verifyRun(run, by, kinds).steps.flatMap(({ name, faults }) => (faults.length > 0 ? name : []));

t.test('a sound proof', async (t) => {
  t.match(verifyRun(folder, trusted, kinds), { ok: true, verdict: 'HOLDS', signer: trusted?.id, hint: null });
  const before = readFileSync(join(folder, 'proof.dsse.json'));
  proveRun(folder, report, key);
  t.same(readFileSync(join(folder, 'proof.dsse.json')), before, 'the same run and key give the same bytes');
  const payload = (file: string) =>
    JSON.parse(Buffer.from(JSON.parse(readFileSync(join(folder, file), 'utf8')).payload, 'base64').toString());
  t.match(payload('proof.dsse.json'), {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'manifest.json', digest: { sha256: /^[0-9a-f]{64}$/ } }],
    predicateType: 'https://holdfast.dev/posture/v1',
    predicate: { verdict: 'HOLDS', files: { 'config/edge/envoy.yaml': { bytes: 10 } } },
  });
  t.match(payload('test-result.dsse.json'), {
    predicate: { result: 'PASSED', passedTests: ['E3-refuses-expired'], failedTests: [] },
  });
});

t.test('files that come, go or turn into links', async (t) => {
  const copy = join(t.testdir(), 'run');
  const again = (): void => {
    rmSync(copy, { recursive: true, force: true });
    cpSync(folder, copy, { recursive: true });
  };
  again();
  writeFileSync(join(copy, 'config/extra'), '');
  t.match(verifyRun(copy, trusted, kinds).steps, [
    {},
    {},
    {},
    { faults: ['config/extra: expected no such file, found one'] },
  ]);
  for (const { name } of readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile())) {
    again();
    rmSync(join(copy, name));
    t.not(failing(copy).length, 0, `without ${name}`);
  }
  again();
  rmSync(join(copy, 'report.html'));
  symlinkSync('report.json', join(copy, 'report.html'));
  t.same(failing(copy), ['every file is as the manifest says']);
  t.throws(() => verifyRun(join(copy, 'none'), trusted, kinds), { code: 'bad-run' });
});

t.test('only a trusted key counts', async (t) => {
  const copy = join(t.testdir(), 'run');
  cpSync(folder, copy, { recursive: true });
  const other = join(config, 'other.key');
  writeFileSync(other, generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }));
  // Signed anew by somebody else, with his key in the folder: all is consistent, and nothing is trusted.
  proveRun(copy, report, loadSigningKey({ file: other }));
  t.same(failing(copy), ['a trusted key signed them']);
  t.match(verifyRun(copy, null, kinds), { ok: false, signer: /^[0-9a-f]{64}$/, hint: /--key FILE/ });
  t.same(failing(copy, loadPublicKey({ file: join(copy, 'proof.pub') })), [], 'unless the user says so');
});

t.test('a report that does not follow from the history', async (t) => {
  const copy = join(t.testdir(), 'run');
  cpSync(folder, copy, { recursive: true });
  const better = { ...report, seed: 'another' };
  writeFileSync(join(copy, 'report.json'), serialiseReport(better));
  proveRun(copy, better, key);
  t.same(
    failing(copy),
    ['the report follows from the history', 'the statements follow from the report'],
    'though signed by the trusted key',
  );
});

t.test('keys', async (t) => {
  const file = join(config, 'holdfast/signing.key');
  t.equal(statSync(file).mode & 0o777, 0o600);
  t.equal(loadSigningKey({ env }).public.id, key.public.id, 'made once');
  const pem = readFileSync(file, 'utf8');
  t.equal(loadSigningKey({ env: { HOLDFAST_SIGNING_KEY: pem } }).public.id, key.public.id);
  t.equal(loadSigningKey({ env: { HOLDFAST_SIGNING_KEY: file } }).public.id, key.public.id);
  t.equal(loadPublicKey({ env: { XDG_CONFIG_HOME: t.testdir() } }), null, 'verifying makes no key');
  t.throws(() => loadSigningKey({ file: join(config, 'none') }), { code: 'usage' });
  t.throws(() => loadSigningKey({ env: { HOLDFAST_SIGNING_KEY: '-----BEGIN nonsense' } }), { code: 'usage' });
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();
  t.throws(() => loadSigningKey({ env: { HOLDFAST_SIGNING_KEY: rsa } }), { code: 'usage', message: /Ed25519/ });
});

t.test('a report of another version: what can be checked is, and nothing is called altered that was not', async (t) => {
  const old = provedRun(t, (text) => text.replace('/report/v2', '/report/v1'));
  const { ok, steps, hint } = verifyRun(old.folder, old.trusted, kinds);
  t.equal(ok, false);
  t.same(
    steps.flatMap(({ name, faults }) => (faults.length > 0 ? name : [])),
    ['the report follows from the history', 'the statements follow from the report'],
  );
  t.match(hint, /signatures and files hold/);
  writeFileSync(join(old.folder, 'report.html'), 'other');
  t.match(verifyRun(old.folder, old.trusted, kinds).hint, /altered/);
});
