/** From what the instruments wrote to one history. Identities are verified here, once; what fails is `forged` from then on. */
export { collect } from './collect.ts';
