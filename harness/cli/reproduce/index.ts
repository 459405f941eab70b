/** From the bundle of an incident to runs that show it again: once, many times, ever smaller, or held. */
export { answerOf, answerText, exitOfAnswer } from './answer.ts';
export { refuseForeignCompose, stackOfBundle } from './declare.ts';
export { heldText } from './held-text.ts';
export { openBundle } from './open.ts';
export { reproduceTimes, reproducer } from './reproduce.ts';
export type { ReproduceInputs } from './reproduce.ts';
export { shrinkBundle } from './shrink.ts';
export { shrinkText } from './shrink-text.ts';
