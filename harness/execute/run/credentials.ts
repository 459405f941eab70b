import type { Kinds, Schedule } from '../../model/index.ts';
import { recipeKey, recipesOf } from '../attack/index.ts';
import type { Credentials } from '../attack/index.ts';
import type { Authority } from '../identity/index.ts';

/** Every credential that the schedule's attempts and twins need, minted once. */
export const credentialsFor = (
  schedule: Schedule,
  kinds: Pick<Kinds, 'actions' | 'senders'>,
  authority: Authority,
): Credentials => {
  const streams = [schedule.capacity, schedule.main].flatMap((segment) => segment?.twins ?? []);
  const { tokens, certificates } = recipesOf(schedule.attacks, kinds, streams);
  return {
    tokens: new Map(tokens.map((recipe) => [recipeKey(recipe), authority.token(recipe)])),
    certificates: new Map(certificates.map((recipe) => [recipeKey(recipe), authority.certificate(recipe)])),
    ca: authority.meshCa + authority.publicCa,
  };
};
