import { existsSync } from 'node:fs';
import { Document } from 'yaml';
import type { Expectation } from '../../model/index.ts';
import { readYaml } from '../yaml/index.ts';
import { expectationSchema } from './schema.ts';

/** What is expected of a stack as it was measured; null where nothing was. Throws `bad-input` with the place. Effects: reads a file. */
export const readExpectation = (file: string): Expectation | null =>
  existsSync(file) ? readYaml(file, expectationSchema) : null;

/** The text of an `expected.yaml`. Pure. */
export const expectationText = (expectation: Expectation): string => {
  const document = new Document(expectation);
  document.commentBefore = ' What a run of this stack came to: written by `npx holdfast expect MATRIX`, never by hand.';
  return document.toString({ lineWidth: 120, flowCollectionPadding: false, collectionStyle: 'any' });
};
