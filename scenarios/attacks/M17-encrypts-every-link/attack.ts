import type { Attack } from '../../../harness/model/index.ts';

/** M17: the packets that the tap classifies are its attempts, so there is nothing to send. */
export const attack: Attack = { attempts: () => [] };
