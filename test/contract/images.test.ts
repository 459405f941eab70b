import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { imageNames, readRecipe } from '../../harness/execute/engine/index.ts';

const text = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');

t.ok(imageNames().length > 0, 'there are images');

for (const name of imageNames()) {
  t.test(`image ${name}`, async (t) => {
    const recipe = readRecipe(name);
    t.match(recipe.reference, `holdfast/${name}:`, 'has its reference');
    t.match(recipe.digest, /^[0-9a-f]{64}$/, 'has a digest');
    t.ok(
      recipe.pull !== undefined || recipe.build.packages.length > 0 || existsSync(join(recipe.folder, 'build.sh')),
      'has a source',
    );
    t.notMatch(recipe.pull ?? '', /latest$/, 'is pinned where it is pulled');
    t.notMatch(recipe.pull ?? '', /^[^/]+\.[^/]+\//, 'names no registry host');

    const script = text(join(recipe.folder, 'build.sh'));
    if (script !== '') {
      t.match(script, /^#!\/bin\/sh\n/, 'its script runs with any sh');
      t.match(script, /^set -eu$/m, 'and stops at the first failure');
    }
    if (/go build/.test(script)) {
      t.ok(recipe.build.tools.includes('go'), 'declares Go');
      t.match(script, /-mod=readonly/, 'refuses a module that go.sum does not name');
      t.match(script, /-trimpath -buildvcs=false/, 'builds reproducibly');
      t.ok(text(join(recipe.folder, 'go.sum')).length > 0, 'has its hashes');
      t.match(text(join(recipe.folder, 'go.mod')), `v${recipe.version}`, 'builds the version that it names');
    }
    if (/pip (install|download)/.test(script)) {
      t.ok(recipe.build.tools.includes('pip'), 'declares pip');
      t.match(script, /--require-hashes/, 'takes nothing without a hash');
      const pins = text(join(recipe.folder, 'requirements.txt')).match(/^[\w.-]+==/gm) ?? [];
      const hashes = text(join(recipe.folder, 'requirements.txt')).match(/--hash=sha256:[0-9a-f]{64}/g) ?? [];
      t.ok(pins.length > 0 && hashes.length >= pins.length, 'has a hash for each package');
      t.match(
        text(join(recipe.folder, 'requirements.txt')),
        `==${recipe.version}`,
        'installs the version that it names',
      );
    }
  });
}
