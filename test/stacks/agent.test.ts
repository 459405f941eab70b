import { existsSync } from 'node:fs';
import { discoverKinds } from '../../harness/kinds/index.ts';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import t from 'tap';
import { routesOf } from '../../harness/declare/forms/index.ts';
import { discoverProducts } from '../../harness/declare/discover/index.ts';
import { readPolicy } from '../../harness/declare/policy/index.ts';
import { hopsOf, readStack } from '../../harness/declare/stack/index.ts';
import { markersOf, recipeKey, recipesOf, startAgents } from '../../harness/execute/attack/index.ts';
import type { Fired, Volley } from '../../harness/execute/attack/index.ts';
import { docker, ensureImages, freeSubnets, removeRun } from '../../harness/execute/engine/index.ts';
import { createAuthority } from '../../harness/execute/identity/index.ts';
import { containersOf, startCompose, writeWorkload } from '../../harness/execute/stack/index.ts';
import type { Attack, AttemptSlot, Form, ScheduledAttack } from '../../harness/model/index.ts';
import { renderConfiguration } from '../support/render.ts';
import { endpoints } from '../support/products.ts';

/** The agents against the real stack: what they may not reach they do not, and what they may they do. */
const root = resolve(import.meta.dirname, '../..');
const run = `holdfast-test-agent-${randomBytes(3).toString('hex')}`;
const stack = readStack(join(root, 'fixtures/stacks/envoy-envoy'));
const policy = readPolicy(stack.policy);
const scratch = await mkdtemp(join(tmpdir(), `${run}-`));
const folders = {
  config: join(scratch, 'config'),
  secrets: join(scratch, 'secrets'),
  journal: join(scratch, 'journal'),
};
const authority = await createAuthority({ run, stack, policy, now: new Date(), validForMs: 3_600_000 });

t.teardown(async () => {
  await removeRun(run);
  await rm(scratch, { recursive: true, force: true });
});

await authority.writeSecrets(folders.secrets);
for (const name of ['journal', 'agent']) await mkdir(join(scratch, name));
const files = renderConfiguration(policy, stack, { today: '2026-01-01' });
const compose = files.get('compose.yaml')!;
for (const [path, content] of files) {
  await mkdir(join(folders.config, dirname(path)), { recursive: true });
  await writeFile(join(folders.config, path), content);
}
const made = await ensureImages(stack.images, (line) => t.comment(line));
const images = new Map([...made].map(([name, { reference }]) => [name, reference]));
await startCompose(
  {
    run,
    stack,
    ...folders,
    workload: writeWorkload(stack, join(scratch, 'workload')),
    subnets: await freeSubnets(),
    images,
  },
  compose,
);
// The Envoys want a moment for their first name look-up.
await sleep(2000);

const networks = { public: `${run}_public`, mesh: `${run}_mesh` };
const place = { docker: docker(), run, image: images.get('workload')!, repo: root, stack, networks, scratch };

/** Every attack that is sent, but for interceptions, which need an interceptor. */
const attacks: ScheduledAttack[] = [];
for (const folder of await readdir(join(root, 'scenarios/attacks'))) {
  // One that a check judges sends nothing, and has no code.
  if (!existsSync(join(root, 'scenarios/attacks', folder, 'attack.ts'))) continue;
  const { attack } = (await import(join(root, 'scenarios/attacks', folder, 'attack.ts'))) as { attack: Attack };
  const forms = attack
    .attempts({ stack, policy, hops: hopsOf(stack), endpoints })
    .filter(({ during }) => during === undefined);
  if (forms.length > 0) attacks.push({ id: folder.split('-')[0]!, required: 0, forms });
}

const kinds = await discoverKinds();

const volleyOf = (attacks: readonly ScheduledAttack[], firstSeq: number): Volley => {
  const { tokens, certificates } = recipesOf(attacks, kinds);
  const forms = attacks.flatMap(({ forms }, attack) => forms.map((form, index) => ({ attack, index, form })));
  const twins = new Map<string, Form>();
  for (const { form } of forms) if (form.twin.kind === 'request') twins.set(JSON.stringify(form.twin), form);
  const attempts = forms.flatMap(({ attack, index }, i): AttemptSlot[] => [
    [i * 4, attack, index, 1],
    [i * 4 + 2, attack, index, 0],
  ]);
  return {
    segment: {
      attempts,
      twins: [...twins.values()].map(({ twin, vantage }) => ({
        send: (twin as Extract<Form['twin'], { kind: 'request' }>).send,
        vantage,
        atMs: [0, 500],
        forms: [],
      })),
    },
    attacks,
    origin: process.hrtime.bigint() + 1_000_000_000n,
    credentials: {
      tokens: new Map(tokens.map((recipe) => [recipeKey(recipe), authority.token(recipe)])),
      certificates: new Map(certificates.map((recipe) => [recipeKey(recipe), authority.certificate(recipe)])),
      ca: authority.meshCa + authority.publicCa,
    },
    requestIds: (kind, seq) => `test.${kind}.${seq}.0`,
    firstSeq,
  };
};

/** The journals' lines that carry an identity. */
const witnessed = async (id: string): Promise<readonly string[]> => {
  const texts = await Promise.all(
    stack.services.map((service) => readFile(join(folders.journal, `${service.id}.ndjson`), 'utf8')),
  );
  return texts.flatMap((text) => text.split('\n').filter((line) => line.includes(`"${id}"`)));
};

/** The attempts that got in, by what their form counts as evidence. */
const admitted = async (attacks: readonly ScheduledAttack[], { attempts }: Fired): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const { attack, form, seq, proved, status, error } of attempts) {
    const { variant, target, evidence } = attacks[attack]!.forms[form]!;
    const seen = await witnessed(`test.attack.${seq}.0`);
    const { marker, markerIp } = markersOf(seq);
    const spoofed = seen.filter((line) => line.includes(marker) || line.includes(markerIp));
    const isIn = evidence === 'witness' ? seen.length > 0 : evidence === 'spoof' ? spoofed.length > 0 : proved;
    if (isIn) found.push(`${attacks[attack]!.id} ${variant} at ${target}: ${status ?? error}`);
  }
  return found;
};

const agents = await startAgents(place);

t.test('into a network that is not the run’s own, nothing is sent', async (t) => {
  await t.rejects(startAgents({ ...place, run: `${run}-other` }), { code: 'foreign-target' });
  await t.rejects(startAgents({ ...place, networks: { ...networks, mesh: 'bridge' } }), { code: 'foreign-target' });
});

t.test('no form of any attack gets in, and every twin does', async (t) => {
  const volley = volleyOf(attacks, 0);
  const fired = await agents.fire(volley);
  t.equal(fired.attempts.length, volley.segment.attempts.length, 'every attempt has its outcome');
  t.same(await admitted(attacks, fired), []);
  t.same(
    fired.attempts.filter(({ error }) => error === 'timeout' || error === 'unknown'),
    [],
    'every refusal is quick and has a name',
  );
  t.ok(fired.twins.length > 0);
  t.same(
    fired.twins.filter(({ status }) => status !== 200),
    [],
    'every twin is answered',
  );
  const spoofs = fired.attempts.filter(({ attack, form }) => attacks[attack]!.forms[form]!.evidence === 'spoof');
  t.same(
    [...new Set(spoofs.map(({ status }) => status))].sort(),
    [200],
    'a spoof is a legitimate request but for its header',
  );
  const words = new Set(fired.attempts.filter(({ attack }) => attacks[attack]!.id === 'M3').map(({ error }) => error));
  t.same(
    [...words].sort(),
    ['certificate-expired', 'certificate-required', 'unknown-ca'].map((word) => `tls-alert:${word}`),
    'Envoy says why it refuses a certificate',
  );
  t.same(await readdir(join(scratch, 'agent')), [], 'no credential is left behind');
});

t.test('the same forms, made legitimate, do get in: the evidence is evidence', async (t) => {
  const legitimate = attacks.map((attack): ScheduledAttack => {
    const send = ({ twin, send: own }: Form): Form['send'] => {
      if (twin.kind === 'request') return twin.send;
      const { method, path, token } = routesOf({ stack, policy }).find(({ id }) => id === twin.route)!;
      return { ...own, http: { method, path, headers: [], token } };
    };
    const forms = attack.forms.filter(({ evidence }) => evidence === 'witness');
    return { ...attack, forms: forms.map((form) => ({ ...form, send: send(form) })) };
  });
  const fired = await agents.fire(volleyOf(legitimate, 100_000));
  t.ok(fired.attempts.length > 0);
  t.equal((await admitted(legitimate, fired)).length, fired.attempts.length);
});

t.test('the proofs of D1 are what Envoy’s admin interface answers where it may', async (t) => {
  // Of the other products, sabotages that open such an endpoint show that it is noticed.
  const own = (await discoverProducts()).get('envoy')!.endpoints;
  t.ok(own.length >= 5);
  const members = await containersOf(docker(), run);
  for (const { path, proof } of own) {
    const script = `fetch('http://127.0.0.1:15000${path}').then((answer) => answer.text()).then((text) => console.log(text.slice(0, 65536)))`;
    const { stdout } = await execa('docker', ['exec', members.get('orders')!.id, 'node', '-e', script]);
    t.match(stdout, new RegExp(proof), path);
  }
});

t.test('stopped, nothing of them is left', async (t) => {
  await agents.stop();
  await agents.stop();
  const left = await docker().listContainers({
    all: true,
    filters: { label: [`holdfast=${run}`, 'holdfast.role=attacker'] },
  });
  t.same(left, []);
});
