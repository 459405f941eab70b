import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import t from 'tap';
import { docker, ensureImages, readRecipe, removeRun } from '../../harness/execute/engine/index.ts';
import type { Image } from '../../harness/execute/engine/index.ts';
import { realSeam } from '../../harness/execute/engine/image/ensure.ts';
import { openRegistry } from '../../harness/execute/engine/image/registry.ts';
import { thisHost } from '../../harness/execute/engine/host.ts';
import { freePort, startRegistry } from './fixtures/registry.ts';
import { holdfast, makePlace } from './support/cli.ts';

// Where an image registry answers, images are pulled: shown with a real one, on loopback, that holds real images.
t.setTimeout(600_000);
const run = `test-pull-${process.pid}`;
const place = makePlace();
const scratch = mkdtempSync(join(tmpdir(), 'holdfast-test-pull.'));
chmodSync(scratch, 0o755);
const sample = `pull-sample-${process.pid}`;

const images = await ensureImages(['registry', 'base'], () => undefined);
const registryImage = images.get('registry')!.reference;
/** Keeps the images of the test while their names are taken away, and removes them in the end. */
const kept = `${registryImage}-${run}`;
const registry = await startRegistry(run, registryImage, scratch);
t.teardown(async () => {
  await removeRun(run);
  rmSync(scratch, { recursive: true, force: true });
  place.remove();
});

const untag = (reference: string) => execa('docker', ['image', 'rm', '--no-prune', reference], { reject: false });
const idOf = async (reference: string): Promise<string> => (await docker().getImage(reference).inspect()).Id;

t.test('holdfast setup pulls instead of building, says so, and builds nothing the second time', async (t) => {
  const { pull = '' } = readRecipe('registry');
  await registry.push(registryImage, pull);
  await execa('docker', ['tag', registryImage, kept]);
  t.teardown(async () => {
    // The image as it was, under its own name again.
    await execa('docker', ['tag', kept, registryImage]);
    await untag(kept);
  });
  await untag(registryImage);

  const setup = () => holdfast(place, ['setup', 'registry', '--format', 'json'], { HOLDFAST_REGISTRY: registry.host });
  const first = await setup();
  t.equal(first.code, 0, first.err);
  t.match(first.err, `images: registry 3.0.0: pulling: ${registry.host}/${pull} is to be had`);
  t.match(first.err, /images: registry 3\.0\.0: pulled in \d/);
  t.match(JSON.parse(first.out), { images: [{ name: 'registry', source: 'pulled' }] });
  const pulled = await idOf(registryImage);
  t.not(pulled, await idOf(kept), 'it is not the one that was built');

  const second = await setup();
  t.equal(second.code, 0, second.err);
  t.notMatch(second.err, /pulling|building/);
  t.match(JSON.parse(second.out), {
    images: [{ source: 'cached', why: 'pulled earlier from this recipe', digest: pulled }],
  });
});

/** A folder of images with one that takes a second to build, and the base that it stands on. */
const folderWith = (t: { testdir: () => string }, pull: string, check = 'sample'): string => {
  const folder = t.testdir();
  cpSync(resolve(import.meta.dirname, '../../fixtures/images/base'), join(folder, 'images/base'), { recursive: true });
  mkdirSync(join(folder, 'images', sample));
  writeFileSync(
    join(folder, 'images', sample, 'image.yaml'),
    `name: ${sample}
version: 1.2.3
summary: a program that prints its version
licence: Apache-2.0
pull: ${pull}
build:
  base: base
  run: ["printf '#!/bin/sh\\\\necho sample 1.2.3\\\\n' > /usr/local/bin/sample && chmod +x /usr/local/bin/sample"]
check: [${check}]
`,
  );
  return folder;
};
const name = `samples/${sample}:1.2.3`;
const reference = `holdfast/${sample}:1.2.3`;

const ensure = async (folder: string, host = registry.host): Promise<{ image: Image; said: string }> => {
  const said: string[] = [];
  const progress = (line: string): void => void said.push(line);
  const seam = { ...realSeam(thisHost(), progress), read: (one: string) => readRecipe(one, folder) };
  const made = await ensureImages([sample], progress, undefined, openRegistry(host), seam);
  return { image: made.get(sample)!, said: said.join('\n') };
};

/** Pushes an image whose program prints a version, whatever the name says. */
const offer = async (version: string): Promise<string> => {
  const context = join(scratch, version);
  mkdirSync(context);
  writeFileSync(join(context, 'sample'), `#!/bin/sh\necho sample ${version}\n`, { mode: 0o755 });
  writeFileSync(
    join(context, 'Dockerfile'),
    `FROM ${images.get('base')!.reference}\nCOPY sample /usr/local/bin/sample\nENTRYPOINT ["/bin/false"]\n`,
  );
  const local = `holdfast-test/${sample}:${version}`;
  await execa('docker', ['build', '-q', '-t', local, context]);
  try {
    return await registry.push(local, name);
  } finally {
    await untag(local);
  }
};

t.test('an image that is not what its recipe names is refused, and built', async (t) => {
  t.beforeEach(() => untag(reference));
  t.teardown(() => untag(reference));

  await t.test('the registry does not have it', async (t) => {
    const { image, said } = await ensure(folderWith(t, name));
    t.match(image, { source: 'built', why: `the registry does not have ${registry.host}/${name}` });
    t.match(said, `${sample} 1.2.3: building: the registry does not have`);
  });
  const stale = await offer('1.2.2');
  await t.test('the registry has another version under the name', async (t) => {
    const { image, said } = await ensure(folderWith(t, name));
    t.match(image, { source: 'built', why: /was refused: expected 'sample' to print 1\.2\.3, got: .*sample 1\.2\.2/s });
    t.match(said, /pulling[^]*building: .*was refused[^]*built in/);
    t.match((await execa('docker', ['run', '--rm', '--network=none', reference, 'sample'])).stdout, 'sample 1.2.3');
  });
  await t.test('what the registry has does not pass the check', async (t) => {
    const folder = folderWith(t, name, 'sample-of-another-name');
    await t.rejects(ensure(folder), { code: 'no-image', message: /sample-of-another-name/ });
    await t.rejects(idOf(reference), /no such image/i, 'nothing has the name that did not pass');
  });
  const sound = await offer('1.2.3');
  t.not(sound, stale);
  await t.test('what is pinned by its digest is pulled, also after the name was moved', async (t) => {
    const pinned = await ensure(folderWith(t, `${name}@${sound}`));
    t.match(pinned.image, { source: 'pulled', why: `${registry.host}/${name}@${sound} is to be had` });
    await untag(reference);
    await offer('6.6.6');
    t.match((await ensure(folderWith(t, name))).image, { source: 'built' });
    await untag(reference);
    const still = await ensure(folderWith(t, `${name}@${sound}`));
    t.match(still.image, { source: 'pulled' });
    t.match((await execa('docker', ['run', '--rm', '--network=none', reference, 'sample'])).stdout, 'sample 1.2.3');
    t.match((await ensure(folderWith(t, `${name}@${sound}`))).image, { source: 'cached' });
  });
  t.match(
    (await execa('docker', ['images', '-q', `${registry.host}/samples/${sample}`])).stdout,
    /^$/,
    'the names that were pulled are gone again',
  );
  await t.test('a digest that the registry does not have', async (t) => {
    const { image } = await ensure(folderWith(t, `${name}@sha256:${'00'.repeat(32)}`));
    t.match(image, { source: 'built', why: /the registry does not have/ });
  });
});

t.test('a registry that is down, and one that was stopped, leave the recipe', async (t) => {
  t.beforeEach(() => untag(reference));
  t.teardown(() => untag(reference));
  const never = `127.0.0.1:${await freePort()}`;
  const down = await ensure(folderWith(t, name), never);
  t.match(down.image, { source: 'built', why: /no image registry: .*connection refused/ });
  t.match(down.said, /building: no image registry: .*connection refused/);
  await registry.stop();
  await untag(reference);
  const stopped = await ensure(folderWith(t, name));
  t.match(stopped.image, { source: 'built', why: /no image registry: .*connection refused/ });
});
