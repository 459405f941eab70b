import t from 'tap';
import {
  clauseIds,
  clauses,
  controlIds,
  featureIds,
  features,
  missingFeatures,
  needsOf,
} from '../../../harness/model/index.ts';

t.test('what is needed and is not there is missing, of the stack and of the plan apart', async (t) => {
  const attack = { needs: ['edge-reload', 'reload-phase', 'mutual-tls'] };
  t.strictSame(missingFeatures(attack, ['mutual-tls']), ['edge-reload']);
  t.strictSame(missingFeatures(attack, [], 'plan'), ['reload-phase']);
  t.strictSame(missingFeatures({}, []), []);
  t.strictSame(missingFeatures({ needs: ['of-tomorrow'] }, []), ['of-tomorrow'], 'what nobody knows is not there');
  t.strictSame(needsOf({ needs: 'reloads' }), ['edge-reload', 'reload-phase'], 'as older histories say it');
});

t.test('the tables say one line each', async (t) => {
  for (const id of featureIds) t.match(features[id].means, /^\S[^\n]+$/, id);
  for (const id of clauseIds) t.ok(controlIds.includes(clauses[id].control), id);
});
