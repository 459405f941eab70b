import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readStack } from '../../declare/stack/index.ts';
import { defaultImages, imagesOf } from '../images.ts';
import { root } from './steps.ts';

/** A test, and what it imports from beside it, as text. */
const textsOf = (file: string): readonly string[] => {
  const text = readFileSync(join(root, file), 'utf8');
  const beside = [...text.matchAll(/from '(\.[^']*\.ts)'/g)].map(([, path]) => join(root, dirname(file), path!));
  return [
    text,
    ...beside.filter((path) => path.startsWith(join(root, 'test/'))).map((path) => readFileSync(path, 'utf8')),
  ];
};

/** The images of the stacks that tests with containers name, beside those of the default stack. */
export const imagesForTests = (files: readonly string[]): readonly string[] => {
  const named = files.flatMap(textsOf).flatMap((text) => text.match(/fixtures\/stacks\/[a-z]+-[a-z]+/g) ?? []);
  const stacks = [...new Set(named)].map((folder) => readStack(join(root, folder)));
  return [...new Set([...defaultImages(), ...imagesOf(stacks)])];
};
