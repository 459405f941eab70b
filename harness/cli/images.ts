import { join } from 'node:path';
import { projectRoot } from '../declare/discover/index.ts';
import { readStack } from '../declare/stack/index.ts';
import type { Stack } from '../model/index.ts';
import { defaultStack } from './default-stack.ts';

/** Images of the instruments that every run needs. */
export const instrumentImages: readonly string[] = ['k6', 'mitmproxy', 'workload', 'toolbox'];

/** What some stacks need, the instruments included, each once. */
export const imagesOf = (stacks: readonly Pick<Stack, 'images'>[]): readonly string[] => [
  ...new Set([...instrumentImages, ...stacks.flatMap(({ images }) => images)]),
];

/** Those of the default stack: what `setup` brings unless told otherwise. Effects: reads its files. */
export const defaultImages = (): readonly string[] =>
  imagesOf([readStack(join(projectRoot, 'fixtures/stacks', defaultStack))]);
