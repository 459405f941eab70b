import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { ensureImages } from '../../../../harness/execute/engine/image/ensure.ts';
import type { ImageSeam } from '../../../../harness/execute/engine/image/ensure.ts';
import { imageNames, readRecipe } from '../../../../harness/execute/engine/image/recipe.ts';
import { openRegistry } from '../../../../harness/execute/engine/image/registry.ts';
import { HoldfastError } from '../../../../harness/model/index.ts';
import { recipeLabel, sourceLabel } from '../../../../harness/execute/engine/labels.ts';

const yaml = (name: string, more = ''): string =>
  `name: ${name}
version: '1'
summary: s
licence: l
pull: x/${name}:1
build: { ${name === 'base' ? '' : 'base: base'} }
check: [true]
${more}`.replace('check: [true]', "check: ['true']");

const folder = (t: { testdir: () => string }, names: readonly string[]): string => {
  const at = t.testdir();
  for (const name of names) {
    mkdirSync(join(at, 'images', name), { recursive: true });
    writeFileSync(join(at, 'images', name, 'image.yaml'), yaml(name));
  }
  return at;
};

/** An engine that is a table of images, and what was done to it. */
const engine = (at: string) => {
  const there = new Map<string, { id: string; labels: Record<string, string> }>();
  const did: string[] = [];
  const make =
    (verb: string, source: string): ImageSeam['build'] =>
    async (recipe) => {
      did.push(`${verb} ${recipe.name}`);
      there.set(recipe.reference, {
        id: `sha256:${recipe.name}`,
        labels: { [recipeLabel]: recipe.digest, [sourceLabel]: source },
      });
    };
  const seam: ImageSeam = {
    inspect: async (reference) => there.get(reference) ?? null,
    pull: make('pull', 'pulled'),
    build: make('build', 'built'),
    check: async () => 'version 1',
    adopt: async (made, reference) => {
      const image = there.get(made);
      if (image !== undefined) there.set(reference, image);
      there.delete(made);
    },
    discard: async (reference) => void there.delete(reference),
    read: (name) => readRecipe(name, at),
  };
  return { did, seam, there };
};

const silent = (): void => undefined;

t.test('with a registry an image is pulled, and its base is not needed', async (t) => {
  const { did, seam } = engine(folder(t, ['base', 'envoy']));
  const images = await ensureImages(
    ['envoy'],
    silent,
    undefined,
    openRegistry('', async () => ({})),
    seam,
  );
  t.match(images.get('envoy'), {
    reference: 'holdfast/envoy:1',
    version: '1',
    source: 'pulled',
    digest: 'sha256:envoy',
  });
  t.same(did, ['pull envoy']);
});

t.test('a registry that refuses is asked once; images are built, bases first', async (t) => {
  const { did, seam } = engine(folder(t, ['base', 'envoy', 'k6']));
  const asked: string[] = [];
  const registry = openRegistry('', async (reference) => {
    asked.push(reference);
    throw new Error('(HTTP code 500) server error - dial tcp: no such host ');
  });
  const said: string[] = [];
  const images = await ensureImages(['envoy', 'k6'], (line) => said.push(line), undefined, registry, seam);
  t.same(asked, ['x/envoy:1']);
  t.same(did, ['build base', 'build envoy', 'build k6']);
  t.match(images.get('k6'), { source: 'built', why: 'no image registry: no such host' });
  t.match(said.join('\n'), /envoy 1: building: no image registry[^]*envoy 1: built in \d/);
});

t.test('a registry that lacks one image is still asked for the next', async (t) => {
  const { did, seam } = engine(folder(t, ['base', 'envoy', 'k6']));
  const registry = openRegistry('mirror:5000', async (reference) => {
    t.match(reference, /^mirror:5000\/x\//);
    if (reference.includes('envoy') || reference.includes('base'))
      throw Object.assign(new Error('manifest unknown'), { statusCode: 404 });
    return {};
  });
  await ensureImages(['envoy', 'k6'], silent, undefined, registry, seam);
  t.same(did, ['build base', 'build envoy', 'pull k6']);
});

t.test('what is there is kept until its recipe, or that of its base, changes', async (t) => {
  const at = folder(t, ['base', 'envoy', 'k6']);
  const { did, seam } = engine(at);
  const registry = () =>
    openRegistry('', async () => {
      throw new Error('no');
    });
  await ensureImages(['envoy', 'k6'], silent, undefined, registry(), seam);
  did.length = 0;
  t.match((await ensureImages(['envoy'], silent, undefined, registry(), seam)).get('envoy'), {
    source: 'cached',
    why: 'built earlier from this recipe',
  });
  t.same(did, []);

  writeFileSync(join(at, 'images/envoy', 'build.sh'), '#!/bin/sh\n');
  await ensureImages(['envoy', 'k6'], silent, undefined, registry(), seam);
  t.same(did, ['build envoy'], 'a file was added to one');
  did.length = 0;

  writeFileSync(join(at, 'images/base', 'note'), 'x');
  await ensureImages(['envoy', 'k6'], silent, undefined, registry(), seam);
  t.same(did, ['build base', 'build envoy', 'build k6'], 'the base changed, and so all that stands on it');
});

t.test('a wrong recipe is refused with its place, before anything is made', async (t) => {
  const at = folder(t, ['base', 'envoy']);
  const { did, seam } = engine(at);
  const ensure = (...names: string[]) =>
    ensureImages(
      names,
      silent,
      undefined,
      openRegistry('', async () => ({})),
      seam,
    );
  await t.rejects(ensure('base', 'nginx'), { code: 'bad-input', message: /base, envoy, got 'nginx'/ });
  writeFileSync(join(at, 'images/envoy', 'image.yaml'), yaml('envoy', 'colour: red'));
  await t.rejects(ensure('base', 'envoy'), {
    code: 'bad-input',
    place: { file: join(at, 'images/envoy', 'image.yaml'), line: 8 },
  });
  writeFileSync(join(at, 'images/envoy', 'image.yaml'), yaml('haproxy'));
  await t.rejects(ensure('envoy'), { code: 'bad-input', message: /name of the folder/ });
  writeFileSync(join(at, 'images/base', 'image.yaml'), yaml('base').replace('{  }', '{ base: base }'));
  await t.rejects(ensure('base'), { code: 'bad-input', message: /without a circle, got base → base/ });
  t.same(did, []);
  t.same(imageNames(at), ['base', 'envoy']);
});

t.test('the image of a product lies with the product; two of one name are refused', async (t) => {
  const at = folder(t, ['base']);
  const own = join(at, 'products/envoy/image');
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, 'image.yaml'), yaml('envoy'));
  mkdirSync(join(at, 'products/none'));
  t.same(imageNames(at), ['base', 'envoy']);
  t.match(readRecipe('envoy', at), { folder: own, reference: 'holdfast/envoy:1' });
  const { digest } = readRecipe('envoy', at);
  mkdirSync(join(at, 'images/envoy'));
  writeFileSync(join(at, 'images/envoy', 'image.yaml'), yaml('envoy'));
  t.throws(() => readRecipe('envoy', at), { code: 'bad-input', message: /one image of the name envoy, got two/ });
  rmSync(own, { recursive: true });
  t.equal(readRecipe('envoy', at).digest, digest, 'where it lies does not matter');
});

t.test(
  'where pulling breaks off there is still the recipe; where that fails too, it is an error of that image',
  async (t) => {
    const { did, seam } = engine(folder(t, ['base', 'envoy']));
    const registry = () => openRegistry('', async () => ({}));
    const breaking: ImageSeam = { ...seam, pull: () => Promise.reject(new Error('blob upload gone')) };
    const images = await ensureImages(['envoy'], silent, undefined, registry(), breaking);
    t.match(images.get('envoy'), { source: 'built', why: 'x/envoy:1 was refused: blob upload gone' });
    t.same(did, ['build base', 'build envoy']);

    const failing = {
      ...engine(folder(t, ['base', 'envoy'])).seam,
      pull: breaking.pull,
      build: () => Promise.reject(new Error('no space left')),
    };
    await t.rejects(ensureImages(['envoy'], silent, undefined, registry(), failing), {
      code: 'no-image',
      message: /holdfast\/base:1, got no space left/,
    });
  },
);

t.test('an image gets its name when its check has succeeded, and not before', async (t) => {
  const registry = (pulls: boolean) =>
    openRegistry('', async () => {
      if (!pulls) throw new Error('no such host');
      return {};
    });
  const checked = (printed: (recipe: { reference: string }) => string, pulls: boolean) => {
    const at = folder(t, ['base', 'envoy']);
    for (const name of ['base', 'envoy'])
      writeFileSync(join(at, 'images', name, 'image.yaml'), yaml(name).replace("version: '1'", 'version: 1.40.0'));
    const { did, seam, there } = engine(at);
    const check: ImageSeam['check'] = async (recipe) => {
      t.notOk(there.has('holdfast/envoy:1.40.0'), 'what is checked does not have the name yet');
      return printed(recipe);
    };
    const made = ensureImages(['envoy'], silent, undefined, registry(pulls), { ...seam, check });
    return { did, there, made };
  };
  const failing = checked(() => {
    throw new HoldfastError('no-image', 'expected it to run');
  }, false);
  await t.rejects(failing.made, { code: 'no-image' });
  t.same([...failing.there.keys()], [], 'nothing is left of one that failed');

  const stale = checked(() => 'envoy version: 1.39.9', true);
  t.match((await stale.made).get('envoy'), {
    source: 'built',
    why: /^x\/envoy:1 was refused: expected 'true' to print 1\.40\.0, got: envoy version: 1\.39\.9/,
  });
  t.same(stale.did, ['pull envoy', 'pull base', 'build base', 'build envoy'], 'what was pulled is of another version');
  t.same([...stale.there.keys()].toSorted(), ['holdfast/base:1.40.0', 'holdfast/envoy:1.40.0']);

  for (const printed of ['v1.40.0', 'envoy 9e558/1.40.0/Clean', '1.40.0.']) {
    t.match((await checked(() => printed, true).made).get('envoy'), { source: 'pulled' });
  }
  for (const printed of ['11.40.0', '1.40.01', '1x40.0', '']) {
    t.match((await checked(() => printed, true).made).get('envoy'), { source: 'built' });
  }
});

t.test('a digest behind the name of an image is read; what is no reference is refused', async (t) => {
  const at = folder(t, ['base']);
  const pulled = (reference: string) => {
    writeFileSync(join(at, 'images/base', 'image.yaml'), yaml('base').replace('x/base:1', reference));
    return readRecipe('base', at).pull;
  };
  const pinned = `x/base:1@sha256:${'0a'.repeat(32)}`;
  t.equal(pulled(pinned), pinned);
  for (const wrong of ['x/base', 'x/base:1@sha256:12', '"x/base:1 -v /:/host"'])
    t.throws(() => pulled(wrong), { code: 'bad-input' });
});
