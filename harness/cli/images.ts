import type { Stack } from '../model/index.ts';

/** Images of the instruments that every run needs. */
export const instrumentImages: readonly string[] = ['k6', 'mitmproxy', 'workload', 'toolbox'];

/** With those of the default stack: what `setup` brings unless told otherwise. */
export const defaultImages: readonly string[] = ['envoy', ...instrumentImages];

/** What some stacks need, the instruments included, each once. */
export const imagesOf = (stacks: readonly Pick<Stack, 'images'>[]): readonly string[] => [
  ...new Set([...instrumentImages, ...stacks.flatMap(({ images }) => images)]),
];
