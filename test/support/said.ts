import { reason } from '../../harness/model/index.ts';
import type { Reason } from '../../harness/model/index.ts';

/** A reason in words of a test's own: what is tested does not read it. */
export const said = (text: string): Reason => reason('said', { text });
